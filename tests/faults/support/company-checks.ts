import type { Received } from '@tests/support/mail';
import { linkOf } from '@tests/support/mail';
import { invitationLink } from '@/features/invitations/send.schema';
import { withAuditDatabase } from '@/server/audit-chain/database';
import { verifyAudit } from '@/server/audit-chain/verify';
import { linkUrl } from '@/server/auth/links';
import { auditKeys } from '@/server/keys';

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>;

const few = (found: readonly string[]) => `${found.length}: ${found.slice(0, 3).join(', ')}`;

/** Every invitation has one sent mail in the outbox, and each copy the mail server got has the same id and link. */
export async function checkMail(query: Query, messages: readonly Received[]): Promise<string[]> {
  const rows = await query<{
    id: string;
    version: number;
    email: string;
    mails: number;
    states: string;
    message: string;
  }>(
    `SELECT i.id, i.version, i.email, count(e.id)::int AS mails, string_agg(e.state::text, ',') AS states,
            min(e.message_id) AS message
       FROM invitation i LEFT JOIN email e ON e.subject_type = 'invitation' AND e.subject_id = i.id GROUP BY i.id`,
  );
  const byAddress = new Map<string, Received[]>();
  for (const mail of messages) {
    for (const to of mail.to) byAddress.set(to, [...(byAddress.get(to) ?? []), mail]);
  }
  const wrong: string[] = [];
  for (const { id, version, email, mails, states, message } of rows) {
    if (mails !== 1 || states !== 'sent') wrong.push(`${email} has ${mails} mails (${states})`);
    const seen = byAddress.get(email) ?? [];
    if (seen.length === 0) wrong.push(`${email} got no mail`);
    const link = linkUrl(invitationLink, id, version);
    if (seen.some((mail) => mail.parsed.messageId !== `<${message}>` || linkOf(mail.parsed.text ?? '') !== link))
      wrong.push(`${email} got a mail with another id or link`);
  }
  const unexpected = [...byAddress.keys()].filter((address) => !rows.some((row) => row.email === address));
  if (unexpected.length > 0) wrong.push(`mails to ${few(unexpected)}`);
  return wrong.length > 0 ? [`Outbox and mail server disagree: ${few(wrong)}`] : [];
}

/** Verifies the whole log as an auditor would. Every event must be sealed. */
export async function checkChain(logs: string): Promise<string[]> {
  const anchor = lastLoggedSeal(logs);
  if (!anchor) return ['No seal was ever logged'];
  const verdict = await withAuditDatabase((source) =>
    verifyAudit(source, { publicKeys: [auditKeys().publicKey], anchor }),
  );
  const broken = verdict.unsealed > 0 ? [`${verdict.unsealed} events are not sealed`] : [];
  return verdict.ok ? broken : [...broken, `The audit log differs: ${few(verdict.findings.map((each) => each.words))}`];
}

function lastLoggedSeal(logs: string): { lastSeq: string; hash: string } | null {
  let last: { lastSeq: string; hash: string } | null = null;
  for (const [, lastSeq = '', hash = ''] of logs.matchAll(/"event":"audit\.sealed","seal":"(\d+):([0-9a-f]+)"/g))
    if (!last || Number(lastSeq) > Number(last.lastSeq)) last = { lastSeq, hash };
  return last;
}

/**
 * No plan, email or job is still leased to a worker that is gone. The queue notices a lost worker after twenty seconds
 * without a heartbeat and checks every ten.
 */
export async function checkLeases(query: Query): Promise<string[]> {
  const [left] = await query<{ plans: number; emails: number; jobs: number }>(
    `SELECT (SELECT count(*)::int FROM plan WHERE state IN ('preparing', 'applying') AND worked_at IS NOT NULL) AS plans,
            (SELECT count(*)::int FROM email WHERE state = 'sending' AND next_attempt_at < app_now()) AS emails,
            (SELECT count(*)::int FROM pgboss.job WHERE state = 'active'
                AND coalesce(heartbeat_on, started_on) < now() - interval '40 seconds') AS jobs`,
  );
  const found = Object.entries(left ?? {}).filter(([, count]) => count > 0);
  return found.map(([name, count]) => `${count} ${name} in progress without a live lease`);
}
