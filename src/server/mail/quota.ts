import type { Permission } from '@/lib/permissions';
import type { Tx } from '../db/client';
import { type Sql, sql } from '../db/sql';
import { client, type Reads, type Writes } from '../db/statements';
import { env } from '../env';
import type { Can } from '../handle';

const hourMs = 60 * 60 * 1000;

/** The permissions with which mails are sent that count. On the whole platform they make a sender for the platform. */
export const platformSending: readonly Permission[] = ['users.invite', 'users.import'];

/** A person who may invite everywhere sends for the platform: their mails count for no organization. */
export function sendsForPlatform(can: Pick<Can, 'may'>): boolean {
  return platformSending.some((permission) => can.may(permission, null));
}

// The time zone is fixed, or an hour would begin elsewhere where clocks differ by half an hour.
const thisHour = sql`date_trunc('hour', app_now(), 'UTC')`;

/** A table `h` of the hours that may have room for `emails` of the organization, with what each has `reserved`. */
function hoursFor(organizationId: Sql, emails: Sql, perHour: number): Sql {
  return sql`(
    SELECT hour, coalesce(q.reserved, 0) AS reserved
      FROM generate_series(${thisHour},
             greatest(${thisHour}, (SELECT max(hour) FROM email_quota WHERE organization_id = ${organizationId}))
               + make_interval(hours => ceil(${emails} / ${perHour}::numeric)::int), interval '1 hour') AS hour
      LEFT JOIN (SELECT hour, reserved FROM email_quota WHERE organization_id = ${organizationId}) q USING (hour)) h`;
}

/**
 * Held until the transaction ends, so no two reservations of an organization count the same room. Taken in one order,
 * so that two transactions cannot wait for each other; organizations never wait for each other.
 */
async function lockQuotas(tx: Tx, organizationIds: readonly string[]) {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(keys.key) FROM (
      SELECT DISTINCT hashtextextended('email quota ' || id, 0) AS key FROM unnest(${organizationIds}::uuid[]) AS id
       ORDER BY key) keys`;
}

type Taken = { organizationId: string; hour: Date; isNow: boolean; first: number; emails: number };

/**
 * Reserves room for a number of mails of each organization, in the first hours that have any, and returns when each
 * mail leaves; null is at once. Those of a later hour are spread over it, so that its first mails hold up no others.
 */
export async function reserveHours(tx: Tx, wanted: ReadonlyMap<string, number>): Promise<Map<string, (Date | null)[]>> {
  if (wanted.size === 0) return new Map();
  await lockQuotas(tx, [...wanted.keys()]);
  const perHour = env().ORGANIZATION_EMAILS_PER_HOUR;
  const rows = [...wanted].map(([id, emails]) => ({ id, emails }));
  const taken = await tx.$queryRaw<Taken[]>`
    WITH room AS (
      SELECT w.id, w.emails, h.hour, h.reserved, greatest(${perHour}::int - h.reserved, 0) AS free
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w(id uuid, emails int)
        CROSS JOIN LATERAL ${hoursFor(sql`w.id`, sql`w.emails`, perHour)}),
    filled AS (
      SELECT *, sum(free) OVER (PARTITION BY id ORDER BY hour) - free AS earlier FROM room),
    taken AS (
      SELECT id, hour, reserved, least(free, emails - earlier)::int AS emails FROM filled WHERE free > 0 AND earlier < emails),
    counted AS (
      INSERT INTO email_quota (organization_id, hour, reserved) SELECT id, hour, emails FROM taken
      ON CONFLICT (organization_id, hour) DO UPDATE SET reserved = email_quota.reserved + excluded.reserved)
    SELECT id AS "organizationId", hour, hour = ${thisHour} AS "isNow", reserved AS first, emails FROM taken ORDER BY id, hour`;
  const leaves = new Map([...wanted.keys()].map((id) => [id, [] as (Date | null)[]]));
  for (const { organizationId, hour, isNow, first, emails } of taken) {
    const places = Array.from(
      { length: emails },
      (_, n) => new Date(hour.getTime() + ((first + n) * hourMs) / perHour),
    );
    leaves.get(organizationId)?.push(...places.map((at) => (isNow ? null : at)));
  }
  return leaves;
}

/** Places of an organization, by its id, in one hour. */
export type Place = { id: string; hour: Date; emails: number };

/** For mails that were withdrawn while they waited for their hour: a wrong file must not keep the next ones waiting. */
export async function giveBack(tx: Tx, places: readonly Place[]) {
  if (places.length === 0) return;
  await lockQuotas(tx, [...new Set(places.map(({ id }) => id))]);
  await tx.$executeRaw`
    UPDATE email_quota q SET reserved = greatest(q.reserved - p.emails, 0)
      FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS p(id uuid, hour timestamptz, emails int)
     WHERE q.organization_id = p.id AND q.hour = p.hour`;
}

/** How many mails of an organization may leave at once, and from when on the next one may. */
export type QuotaLeft = { emails: number; from: Date; now: Date };

async function readLeft(tx: Tx, organizationIds: readonly string[]): Promise<Map<string, QuotaLeft>> {
  const perHour = env().ORGANIZATION_EMAILS_PER_HOUR;
  const rows = await tx.$queryRaw<(QuotaLeft & { id: string })[]>`
    SELECT w.id, first.hour AS "from", app_now() AS now,
           CASE WHEN first.hour = ${thisHour} THEN ${perHour}::int - first.reserved ELSE 0 END AS emails
      FROM unnest(${organizationIds}::uuid[]) AS w(id)
      CROSS JOIN LATERAL (
        SELECT hour, reserved FROM ${hoursFor(sql`w.id`, sql`1`, perHour)}
         WHERE reserved < ${perHour}::int ORDER BY hour LIMIT 1) first`;
  return new Map(rows.map(({ id, ...left }) => [id, left]));
}

/** For showing it; null is any number. The caller has checked that the reader may know. */
export async function quotaLeft(
  can: Reads & Pick<Can, 'may'>,
  organizationId: string | null,
): Promise<QuotaLeft | null> {
  if (organizationId === null || sendsForPlatform(can)) return null;
  return (await readLeft(can[client], [organizationId])).get(organizationId) ?? null;
}

/** For mails that must leave at once or not at all: what is left stays left until the transaction ends. */
export async function lockQuotaLeft(work: Writes, organizationIds: readonly string[]): Promise<Map<string, QuotaLeft>> {
  await lockQuotas(work[client], organizationIds);
  return readLeft(work[client], organizationIds);
}
