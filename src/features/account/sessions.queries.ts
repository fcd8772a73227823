import { sessionLimits } from '@/lib/limits';
import { cutPage, type Place } from '@/lib/page-cut';
import { describeDevice } from '@/lib/user-agent';
import { empty, sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

const ownAccount = unscoped('own account');

export type OwnSession = {
  id: string;
  device: string;
  ip: string | null;
  startedAt: Date;
  lastSeenAt: Date;
  isThisOne: boolean;
};

/** The sessions that still work, the most recently active first; at most 200. */
export async function listOwnSessions(can: Can<'account.own'>): Promise<OwnSession[]> {
  const rows = await can.read<{
    id: string;
    ip: string | null;
    userAgent: string | null;
    createdAt: Date;
    lastSeenAt: Date;
  }>(
    ownAccount,
    sql`
      SELECT id, ip, user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt"
        FROM session
       WHERE user_id = ${can.actor.id}::uuid AND ended_at IS NULL AND expires_at > app_now()
         AND last_seen_at > app_now() - make_interval(secs => ${sessionLimits.idleMs / 1000}::float8)
       ORDER BY last_seen_at DESC, id DESC LIMIT 200`,
  );
  return rows.map(({ id, ip, userAgent, createdAt, lastSeenAt }) => ({
    id,
    device: deviceWords(userAgent),
    ip,
    startedAt: createdAt,
    lastSeenAt,
    isThisOne: id === can.sessionId,
  }));
}

/** For example "Firefox 140 on Windows". */
export function deviceWords(userAgent: string | null): string {
  const { browser, os } = describeDevice(userAgent);
  return `${browser} on ${os}`;
}

export type OwnSignIn = { id: string; at: Date; result: string; device: string; ip: string | null };

const pageSize = 50;

/** Every attempt on the person's account, newest first, fifty at a time. The cursor is the id of an attempt. */
export async function listOwnSignIns(can: Can<'account.own'>, place: Place<string> = {}) {
  const { before, after } = place;
  const order = before ? sql`ASC` : sql`DESC`;
  const cursor = sql`(SELECT at, id FROM sign_in_attempt
                       WHERE id = ${before ?? after}::uuid AND user_id = ${can.actor.id}::uuid)`;
  const position = before ? sql`AND (at, id) > ${cursor}` : after ? sql`AND (at, id) < ${cursor}` : empty;
  const rows = await can.read<{
    id: string;
    at: Date;
    result: string;
    ip: string | null;
    userAgent: string | null;
  }>(
    ownAccount,
    sql`
      SELECT id, at, result::text AS result, ip, user_agent AS "userAgent" FROM sign_in_attempt
       WHERE user_id = ${can.actor.id}::uuid ${position}
       ORDER BY at ${order}, id ${order} LIMIT ${pageSize + 1}::int`,
  );
  const signIns: OwnSignIn[] = rows.map(({ userAgent, ...row }) => ({ ...row, device: deviceWords(userAgent) }));
  return cutPage(signIns, pageSize, place);
}
