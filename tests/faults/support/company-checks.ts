import type { Received } from '@tests/support/mail';
import { linkOf } from '@tests/support/mail';
import { linkUrl } from '@/server/auth/links';

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>;

const few = (found: readonly string[]) => `${found.length}: ${found.slice(0, 3).join(', ')}`;

/** Every open invitation has one mail in the outbox; the mail server saw it, each time with its one id and one link. */
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
    const link = linkUrl('invitation', id, version);
    if (seen.some((mail) => mail.parsed.messageId !== `<${message}>` || linkOf(mail.parsed.text ?? '') !== link))
      wrong.push(`${email} got a mail with another id or link`);
  }
  const strangers = [...byAddress.keys()].filter((address) => !rows.some((row) => row.email === address));
  if (strangers.length > 0) wrong.push(`mails to ${few(strangers)}`);
  return wrong.length > 0 ? [`Outbox and mail server disagree: ${few(wrong)}`] : [];
}

/** Every event is sealed once, in seals that follow each other. */
export async function checkChain(query: Query): Promise<string[]> {
  const [events] = await query<{ count: number; last: string; details: number }>(
    `SELECT count(*)::int AS count, coalesce(max(seq), 0)::text AS last FROM audit_event`,
  );
  const seals = await query<{ last: string; count: number; real: number; follows: boolean }>(
    `SELECT last_seq::text AS last, count,
            (SELECT count(*)::int FROM audit_event e WHERE e.seq <= s.last_seq
                AND e.seq > coalesce((SELECT max(p.last_seq) FROM audit_seal p WHERE p.id < s.id), 0)) AS real,
            previous_hash = coalesce(lag(hash) OVER (ORDER BY id), decode(repeat('00', 32), 'hex')) AS follows
       FROM audit_seal s ORDER BY id`,
  );
  const broken: string[] = [];
  if (seals.at(-1)?.last !== events?.last)
    broken.push(`Events up to ${events?.last}, seals up to ${seals.at(-1)?.last}`);
  const odd = seals.filter((seal) => seal.count !== seal.real || !seal.follows);
  if (odd.length > 0) broken.push(`Seals that do not hold: ${few(odd.map((seal) => seal.last))}`);
  return broken;
}

/** Nothing is left in the state of being worked on by somebody who is not there any more. */
export async function checkLeases(query: Query): Promise<string[]> {
  const [left] = await query<{ plans: number; emails: number; jobs: number }>(
    `SELECT (SELECT count(*)::int FROM plan WHERE state IN ('preparing', 'applying') AND worked_at IS NOT NULL) AS plans,
            (SELECT count(*)::int FROM email WHERE state = 'sending' AND next_attempt_at < app_now()) AS emails,
            (SELECT count(*)::int FROM pgboss.job WHERE state = 'active'
                AND coalesce(heartbeat_on, started_on) < now() - interval '25 seconds') AS jobs`,
  );
  const found = Object.entries(left ?? {}).filter(([, count]) => count > 0);
  return found.map(([name, count]) => `${count} ${name} under way without a live lease`);
}
