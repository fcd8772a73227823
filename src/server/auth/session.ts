import { createHash, randomBytes } from 'node:crypto';
import type { DateFormat } from '@/lib/dates';
import { newId } from '@/lib/ids';
import { sessionLimits } from '@/lib/limits';
import type { Tx } from '../db/client';
import { sql } from '../db/sql';
import { client, type Writes } from '../db/statements';
import type { RequestInfo } from '../request';
import { type Grant, grantsOf } from './grants';

export const noPreference: Preference = { timeZone: null, dateFormat: 'words', singleKeys: true, lists: {} };

export type Preference = { timeZone: string | null; dateFormat: DateFormat; singleKeys: boolean; lists: unknown };

export type LiveSession = {
  id: string;
  mustChangePassword: boolean;
  user: { id: string; email: string; firstName: string; lastName: string };
  /** Every granted permission with its place: `null` is the whole platform. Never cached across requests. */
  grants: Grant[];
  preference: Preference;
  touch: boolean;
};

type Row = {
  id: string;
  touch: boolean;
  must_change: boolean;
  user_id: string;
  email: string;
  first_name: string;
  last_name: string;
  time_zone: string | null;
  date_format: string | null;
  single_keys: boolean | null;
  lists: unknown;
  grants: [string, string | null][] | null;
};

export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** One statement, on every request. Null for an idle, expired or ended session or an inactive person. */
export function findLiveSession(db: Tx, token: string): Promise<LiveSession | null> {
  return findLive(db, sql`s.token_hash = ${hashToken(token)}`);
}

export function findLiveSessionById(db: Tx, id: string | null): Promise<LiveSession | null> {
  return findLive(db, sql`s.id = ${id}::uuid`);
}

const isLive = () => sql`
  s.ended_at IS NULL AND u.status = 'active' AND s.expires_at > app_now()
  AND s.last_seen_at > app_now() - make_interval(secs => ${sessionLimits.idleMs / 1000}::float8)`;

/** Whether the session is live and of this person. One statement, which neither touches nor prolongs the session. */
export async function isSessionOf(db: Tx, token: string, userId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM session s JOIN "user" u ON u.id = s.user_id
     WHERE s.token_hash = ${hashToken(token)} AND u.id::text = ${userId} AND ${isLive()}`;
  return rows.length > 0;
}

async function findLive(db: Tx, which: ReturnType<typeof sql>): Promise<LiveSession | null> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.id, s.last_seen_at < app_now() - interval '1 minute' AS touch,
           coalesce(c.must_change, false) AS must_change,
           u.id AS user_id, u.email, u.first_name, u.last_name, p.time_zone, p.date_format, p.single_keys,
           coalesce(p.lists, '{}') AS lists,
           (SELECT json_agg(json_build_array(permission, organization_id)) FROM (${grantsOf(sql`u.id`)}) g) AS grants
      FROM session s JOIN "user" u ON u.id = s.user_id
      LEFT JOIN credential c ON c.user_id = u.id LEFT JOIN preference p ON p.user_id = u.id
     WHERE ${which} AND ${isLive()}`;
  const row = rows[0];
  if (!row) return null;
  return {
    id: row.id,
    touch: row.touch,
    mustChangePassword: row.must_change,
    user: { id: row.user_id, email: row.email, firstName: row.first_name, lastName: row.last_name },
    grants: (row.grants ?? []).map(([permission, organizationId]) => ({ permission, organizationId })),
    preference: {
      timeZone: row.time_zone,
      dateFormat: row.date_format === 'month-first' ? 'month-first' : 'words',
      singleKeys: row.single_keys ?? true,
      lists: row.lists,
    },
  };
}

/**
 * At most once a minute per session, and once an hour for the person and their memberships: there it is part of the
 * indexes of lists. Not audited.
 */
export async function touchSession(db: Tx, session: LiveSession) {
  await db.$executeRaw`
    WITH seen AS (
      UPDATE session SET last_seen_at = app_now()
       WHERE id = ${session.id}::uuid AND last_seen_at < app_now() - interval '1 minute' RETURNING user_id),
    person AS (
      UPDATE "user" u SET last_activity_at = app_now() FROM seen
       WHERE u.id = seen.user_id AND coalesce(u.last_activity_at < app_now() - interval '1 hour', true) RETURNING u.id)
    UPDATE membership m SET last_activity_at = app_now() FROM person WHERE m.user_id = person.id`;
}

/** Saves the browser's time zone unless the person has one. Not audited: own preferences. */
export async function learnTimeZone(work: Writes, userId: string, timeZone: string | null) {
  if (timeZone === null) return;
  await work[client].$executeRaw`
    INSERT INTO preference (user_id, time_zone) VALUES (${userId}::uuid, ${timeZone})
    ON CONFLICT (user_id) DO UPDATE SET time_zone = excluded.time_zone WHERE preference.time_zone IS NULL`;
}

/** Starts a session. The token goes into the cookie and nowhere else. */
export async function startSession(work: Writes, userId: string, request: RequestInfo) {
  const token = randomBytes(32).toString('base64url');
  const id = newId();
  await work[client].$executeRaw`
    INSERT INTO session (id, token_hash, user_id, expires_at, ip, user_agent)
    VALUES (${id}::uuid, ${hashToken(token)}, ${userId}::uuid,
            app_now() + make_interval(secs => ${sessionLimits.absoluteMs / 1000}::float8), ${request.ip}, ${request.userAgent})`;
  await work[client].$executeRaw`
    UPDATE "user" SET last_sign_in_at = app_now(), last_activity_at = app_now() WHERE id = ${userId}::uuid`;
  await work[client].$executeRaw`
    UPDATE membership SET last_sign_in_at = app_now(), last_activity_at = app_now() WHERE user_id = ${userId}::uuid`;
  return { id, token };
}

/** For a change that must invalidate the old token; the expiry stays. Null when the session ended in the meantime. */
export async function replaceSession(work: Writes, sessionId: string, request: RequestInfo) {
  const token = randomBytes(32).toString('base64url');
  const id = newId();
  const made = await work[client].$executeRaw`
    WITH old AS (
      UPDATE session SET ended_at = app_now(), ended_as = 'replaced'
       WHERE id = ${sessionId}::uuid AND ended_at IS NULL RETURNING user_id, expires_at)
    INSERT INTO session (id, token_hash, user_id, expires_at, ip, user_agent)
    SELECT ${id}::uuid, ${hashToken(token)}, user_id, expires_at, ${request.ip}, ${request.userAgent} FROM old`;
  return made === 1 ? { id, token } : null;
}

/** Returns false when the session had already ended, or is somebody else's. */
export async function endSession(
  work: Writes,
  session: { id: string; userId: string },
  as: 'signed_out' | 'revoked' = 'signed_out',
): Promise<boolean> {
  const ended = await work[client].$executeRaw`
    UPDATE session SET ended_at = app_now(), ended_as = ${as}::session_end
     WHERE id = ${session.id}::uuid AND user_id = ${session.userId}::uuid AND ended_at IS NULL`;
  return ended === 1;
}

export async function endSessions(
  work: Writes,
  userId: string,
  as: 'password_changed' | 'suspended' | 'archived' | 'revoked',
  except?: string,
): Promise<number> {
  return work[client].$executeRaw`
    UPDATE session SET ended_at = app_now(), ended_as = ${as}::session_end
     WHERE user_id = ${userId}::uuid AND ended_at IS NULL AND id IS DISTINCT FROM ${except ?? null}::uuid`;
}
