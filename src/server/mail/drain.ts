import { parseEmail } from '@/lib/email';
import { withoutValues } from '@/lib/error-text';
import { mailLimits } from '@/lib/limits';
import { crashPoint } from '../crash-point';
import type { Db } from '../db/client';
import { db as sharedDb } from '../db/shared';
import { env } from '../env';
import { log, logBug } from '../log';
import type { SendResult } from './answers';
import { toSendResult } from './answers';
import {
  type ClaimedEmail,
  claimEmail,
  findCurrentLink,
  isAddressFull,
  isAnythingDue,
  leaseSeconds,
  linkEnd,
  linkIsOver,
  maxAttempts,
  postponeDue,
  recoverEmails,
  renewLeases,
  type Settlement,
  settleEmail,
} from './claims';
import { findTemplate, templateNames } from './registry';
import { type Lane, type Message, openLane } from './send';
import { type KnownLink, linkOfRow, type Template, writeEmail } from './templates';

export type DrainOptions = {
  smtpUrl?: string;
  lanes?: number;
  /** Checked before each mail; false ends the drain after the mails under way. */
  shouldContinue?: () => boolean;
  /** For tests of crashes: called at each step; an error in it is where the process died. */
  onStep?: (step: 'taken' | 'answered', email: ClaimedEmail) => void | Promise<void>;
  db?: Db;
};

export type DrainResult = { settled: number; isServerUnavailable: boolean };

type Drain = Required<Pick<DrainOptions, 'smtpUrl' | 'shouldContinue' | 'onStep' | 'db'>> & {
  templates: string[];
  underWay: Set<string>;
  result: DrainResult;
};

/**
 * A row is committed as `sending` before a byte of it is sent, so a crash leaves a trace. Any number of drains can run
 * at once. Returns when nothing is due or the server is unavailable; throws only for bugs and a lost database.
 */
export async function drainOutbox(options: DrainOptions = {}): Promise<DrainResult> {
  const names = templateNames();
  const drain: Drain = {
    smtpUrl: options.smtpUrl ?? env().SMTP_URL,
    shouldContinue: options.shouldContinue ?? (() => true),
    onStep: options.onStep ?? (() => undefined),
    db: options.db ?? sharedDb(),
    templates: names.all,
    underWay: new Set(),
    result: { settled: 0, isServerUnavailable: false },
  };
  await recoverEmails(drain.db, names);
  const renewal = setInterval(
    () => void renewLeases(drain.db, [...drain.underWay]).catch((error: unknown) => logBug(error, { mail: 'renewal' })),
    (leaseSeconds() * 1000) / 3,
  );
  try {
    const lanes = Array.from({ length: options.lanes ?? 4 }, () => workLane(drain));
    const ends = await Promise.allSettled(lanes);
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
  } finally {
    clearInterval(renewal);
  }
  return drain.result;
}

async function workLane(drain: Drain) {
  let lane: Lane | undefined;
  try {
    while (drain.shouldContinue() && !drain.result.isServerUnavailable) {
      if (!lane?.isOpen()) {
        if (!(await isAnythingDue(drain.db, drain.templates))) return;
        lane = await tryLane(drain);
        if (!lane) return;
      }
      const email = await claimEmail(drain.db, drain.templates);
      if (!email) return;
      crashPoint('mail.claimed');
      drain.underWay.add(email.id);
      await sendOne(drain, lane, email);
      drain.underWay.delete(email.id);
    }
  } finally {
    lane?.close();
  }
}

async function tryLane(drain: Drain): Promise<Lane | undefined> {
  try {
    return await openLane(drain.smtpUrl);
  } catch (error) {
    const result = toSendResult(error, false);
    if (result.kind === 'sent') return undefined;
    // Several lanes can find the server unavailable together; the waiting mails are counted once.
    if (!drain.result.isServerUnavailable) {
      drain.result.isServerUnavailable = true;
      log('warn', 'mail.server_unavailable', { sentence: result.sentence, response: logged(result.response) });
      await postponeDue(drain.db, drain.templates, result);
    }
    return undefined;
  }
}

async function sendOne(drain: Drain, lane: Lane, email: ClaimedEmail) {
  await drain.onStep('taken', email);
  const template = findTemplate(email.template);
  if (!template) throw new Error(`A mail of the unknown template ${email.template} was taken up.`);
  const { link, outcome } = await prepare(drain.db, template, email);
  let settlement: Settlement;
  if ('state' in outcome) {
    settlement = outcome;
  } else {
    const result = await lane.send(outcome);
    crashPoint('mail.answered');
    await drain.onStep('answered', email);
    if (result.kind === 'unavailable') drain.result.isServerUnavailable = true;
    settlement = settlementOf(result, template, email.attempts);
  }
  if (await settleEmail(drain.db, email, link, settlement)) drain.result.settled += 1;
  crashPoint('mail.settled');
  log(settlement.state === 'sent' || settlement.state === 'unsent' ? 'info' : 'warn', `mail.${settlement.state}`, {
    email: email.id,
    template: email.template,
    attempt: email.attempts,
    response: logged(settlement.response),
  });
}

/** Mail servers repeat the address of the recipient. The page of the email shows the whole answer. */
function logged(response: string | null): string | null {
  return response && withoutValues(response);
}

const tooMany = `Waiting: this address got ${mailLimits.perHourPerAddress} emails within an hour.`;

type Prepared = { link: KnownLink | null; outcome: Message | Settlement };

async function prepare(db: Db, template: Template, email: ClaimedEmail): Promise<Prepared> {
  const failed = { state: 'failed', response: null } as const;
  let link: KnownLink | null = null;
  try {
    const named = linkOfRow(template, email.params);
    link = named && (await findCurrentLink(db, named));
    const parsed = parseEmail(email.to_address);
    // Compared byte by byte: an address that is not canonical was not checked when it was queued.
    if (!parsed.ok || parsed.email !== email.to_address) {
      const sentence = 'This is not an address that mail can be sent to.';
      return { link, outcome: { ...failed, sentence, delivery: 'failed' } };
    }
    if (named && !link) {
      return { link, outcome: { state: 'unsent', response: null, sentence: linkIsOver } };
    }
    if (!template.hasOwnLimit && (await isAddressFull(db, email)))
      return { link, outcome: { state: 'pending', response: null, sentence: tooMany, isUntried: true } };
    const until = link && (await linkEnd(db, link));
    const written = await writeEmail(template, email.params, { key: link?.key, until });
    return { link, outcome: { ...written, to: parsed.email, messageId: email.message_id } };
  } catch (error) {
    const reference = logBug(error, { email: email.id, template: email.template });
    const sentence = `This mail could not be written. Reference: ${reference}`;
    return { link, outcome: { ...failed, sentence, delivery: 'failed' } };
  }
}

function settlementOf(result: SendResult, template: Template, attempts: number): Settlement {
  const { response } = result;
  if (result.kind === 'sent') return { state: 'sent', response, sentence: null, delivery: 'sent' };
  if (result.kind === 'refused') {
    return { state: 'failed', response, sentence: result.sentence, delivery: result.bounced ? 'bounced' : 'failed' };
  }
  if (result.kind === 'unsure' && template.whenUnsure !== 'send-again') {
    return { state: 'unknown', response, sentence: result.sentence };
  }
  if (attempts >= maxAttempts) {
    const sentence = `${result.sentence} Gave up after ${attempts} attempts.`;
    return { state: 'failed', response, sentence, delivery: 'failed' };
  }
  return { state: 'pending', response, sentence: result.sentence };
}
