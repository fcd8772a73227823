import { createHmac, type KeyObject } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { emailChangeLimits, passwordHelpLimits, passwordResetLimits, signInLimits } from '@/lib/limits';
import type { Tx } from '../db/client';
import { join, type Sql, sql } from '../db/sql';
import { client, type Reads, type Writes, writesOn } from '../db/statements';
import { macKey, macKeys } from '../keys';

const hour = 60 * 60 * 1000;

export type Counter = {
  key: string;
  /** This many attempts are free; each further one starts a delay, twice as long as the one before. */
  free: number;
  firstDelayMs: number;
  maxDelayMs: number;
  /** After this long without an attempt it starts again at zero. */
  windowMs: number;
};

/** Kind and keyed hash, so the table reveals no address and no device. */
function nameOf(kind: string, ...parts: string[]): string {
  return nameUnder(macKey('throttle'), kind, ...parts);
}

function nameUnder(key: KeyObject, kind: string, ...parts: string[]): string {
  const digest = createHmac('sha256', key)
    .update([kind, ...parts].join('\n'))
    .digest('base64url');
  return `${kind}:${digest}`;
}

/** IPv6 by /64, the network of one customer. Everybody without an address shares one counter. */
export function sourceOf(ip: string | null): string {
  if (ip === null) return 'unknown';
  if (!isIPv6(ip)) return ip;
  // Written out, because `::` can stand for groups in the network and in the host.
  const [head = '', tail = ''] = ip.split('::');
  const [front, back] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  const missing = ip.includes('::') ? 8 - (front?.length ?? 0) - (back?.length ?? 0) : 0;
  const network = [...(front ?? []), ...Array<string>(missing).fill('0'), ...(back ?? [])].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

const { failuresPerAccount, failuresPerSource, firstDelayMs, maxDelayMs, windowMs, failuresInARow, deviceMs } =
  signInLimits;
const hourly = { firstDelayMs: hour, maxDelayMs: hour, windowMs: hour };
const growing = { firstDelayMs, maxDelayMs, windowMs };
// Only a success or a reset ends it.
const endless = { firstDelayMs: deviceMs, maxDelayMs: deviceMs, windowMs: deviceMs };

/** For an unknown device; `account` is the address as it is looked up. */
export function signInCounters(account: string, ip: string | null): { source: Counter; account: Counter[] } {
  return {
    source: { key: nameOf('sign-in-source', sourceOf(ip)), free: failuresPerSource, ...growing },
    account: [
      { key: nameOf('sign-in-account', account), free: failuresPerAccount, ...growing },
      { key: nameOf('sign-in-row', account), free: failuresInARow, ...endless },
    ],
  };
}

/** A device that this account has signed in on has counters of its own, so strangers cannot lock the owner out. */
export function deviceCounters(account: string, device: string, key = macKey('throttle')): [Counter, Counter] {
  return [
    { key: nameUnder(key, 'sign-in-device', account, device), free: failuresPerAccount, ...growing },
    { key: nameUnder(key, 'sign-in-device-row', account, device), free: failuresInARow, ...endless },
  ];
}

export function passwordChangeCounter(userId: string): Counter {
  return { key: nameOf('password-change', userId), free: failuresPerAccount, ...growing };
}

export function passwordHelpCounters(account: string, ip: string | null): { source: Counter; account: Counter } {
  return {
    source: { key: nameOf('password-help-source', sourceOf(ip)), free: passwordHelpLimits.perHourPerSource, ...hourly },
    account: { key: nameOf('password-help-account', account), free: passwordHelpLimits.perHourPerAccount, ...hourly },
  };
}

/** For links that an admin sends to somebody. */
export function passwordResetCounters(userId: string, requesterId: string): Counter[] {
  return requestCounters('password-reset', passwordResetLimits, userId, requesterId);
}

export function unlockCounters(userId: string, requesterId: string): Counter[] {
  return requestCounters('unlock', passwordResetLimits, userId, requesterId);
}

/** For mails that confirm a new address, including resent ones; each mail counts once per counter. */
export function emailChangeCounters(userId: string, requesterId: string): Counter[] {
  return requestCounters('email-change', emailChangeLimits, userId, requesterId);
}

type RequestLimits = { perHourPerPerson: number; perHourPerRequester: number };

function requestCounters(kind: string, limits: RequestLimits, userId: string, requesterId: string): Counter[] {
  return [
    { key: nameOf(`${kind}-requester`, requesterId), free: limits.perHourPerRequester, ...hourly },
    { key: nameOf(`${kind}-person`, userId), free: limits.perHourPerPerson, ...hourly },
  ];
}

const seconds = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;

export async function admit(work: Writes, counters: readonly Counter[]): Promise<boolean> {
  return (await countAttempt(work, counters)).length === counters.length;
}

/**
 * Counts before anything is verified, in one statement, so simultaneous attempts cannot exceed the free ones. The first
 * counter that refuses ends it, so that a blocked source does not use up an account's attempts. Returns the counters
 * before it.
 */
export async function countAttempt(work: Writes, counters: readonly Counter[]): Promise<readonly Counter[]> {
  const steps = counters.map((counter, index) => step(counter, index));
  const passed = join(
    counters.map((_, index) => sql`SELECT 1 FROM ${last(index)}`),
    ' UNION ALL ',
  );
  const rows = await work[client].$queryRaw<{ passed: number }[]>(sql`
    WITH ${join(steps, ', ')}
    SELECT count(*)::int AS passed FROM (${passed}) each`);
  return counters.slice(0, rows[0]?.passed ?? 0);
}

// The sql tag would send a name as a value, so the names are listed here.
const names = [sql`c0`, sql`c1`, sql`c2`, sql`c3`];
const last = (index: number): Sql => names[index] ?? sql`c0`;

function step(counter: Counter, index: number): Sql {
  const before = index === 0 ? sql`TRUE` : sql`EXISTS (SELECT FROM ${last(index - 1)})`;
  const isOver = sql`throttle.window_start <= app_now() - ${seconds(counter.windowMs)}`;
  const count = sql`CASE WHEN ${isOver} THEN 1 ELSE throttle.failures + 1 END`;
  const delay = sql`least(${counter.maxDelayMs / 1000}::float8,
    ${counter.firstDelayMs / 1000}::float8 * power(2, least(30, (${count}) - ${counter.free}::int)))`;
  return sql`${last(index)} AS (
    INSERT INTO throttle (key, failures, window_start, blocked_until)
    SELECT ${counter.key}, 1, app_now(), NULL WHERE ${before}
    ON CONFLICT (key) DO UPDATE SET
      failures = ${count},
      window_start = app_now(),
      blocked_until = CASE WHEN (${count}) >= ${counter.free}::int THEN app_now() + make_interval(secs => ${delay}) END
    WHERE throttle.blocked_until IS NULL OR throttle.blocked_until <= app_now()
    RETURNING key)`;
}

/** Only reads, so that refusing a flood waits for no lock and writes nothing. */
export async function isBlocked(reads: Reads, counter: Counter): Promise<boolean> {
  const rows = await reads[client].$queryRaw<unknown[]>`
    SELECT 1 FROM throttle WHERE key = ${counter.key} AND blocked_until > app_now()`;
  return rows.length === 1;
}

/**
 * The counters of a known device, under the key that knows it (a sign-in renews the key), null for any other; and whether
 * the device or, for a stranger, the source is blocked. A device with too many failures in a row is unknown again: a new
 * password then helps there as anywhere else.
 */
export async function findStanding(tx: Tx, account: string, device: string, source: Counter) {
  const candidates = macKeys('throttle').map((key) => deviceCounters(account, device, key));
  const keys = [source, ...candidates.flat()].map(({ key }) => key);
  const rows = await tx.$queryRaw<{ key: string; isKnown: boolean; isBlocked: boolean }[]>`
    SELECT key, window_start > app_now() - ${seconds(deviceMs)} AS "isKnown",
           coalesce(blocked_until > app_now(), false) AS "isBlocked"
      FROM throttle WHERE key IN (${join(keys)})`;
  const find = (counter: Counter) => rows.find(({ key }) => key === counter.key);
  const ofDevice = candidates.find(([one, inARow]) => find(one)?.isKnown && !find(inARow)?.isBlocked) ?? null;
  return { ofDevice, isBlocked: find(ofDevice?.[0] ?? source)?.isBlocked ?? false };
}

export async function rememberDevice(tx: Tx, [device, row]: readonly [Counter, Counter]) {
  await tx.$executeRaw`
    INSERT INTO throttle (key, failures, window_start) VALUES (${device.key}, 0, app_now())
    ON CONFLICT (key) DO UPDATE SET failures = 0, window_start = app_now(), blocked_until = NULL`;
  await resetCounters(writesOn(tx), [row]);
}

export async function resetCounters(work: Writes, counters: readonly Counter[]) {
  await work[client].$executeRaw`DELETE FROM throttle WHERE key IN (${join(counters.map((counter) => counter.key))})`;
}

/** Undoes one attempt that was no failure: many people of one office can sign in, and a busy server locks nobody out. */
export async function uncountAttempt(tx: Tx, counters: readonly Counter[]) {
  await tx.$executeRaw`
    UPDATE throttle t SET failures = greatest(t.failures - 1, 0),
           blocked_until = CASE WHEN t.failures - 1 >= counted.free THEN t.blocked_until END
      FROM unnest(${counters.map(({ key }) => key)}::text[], ${counters.map(({ free }) => free)}::int[]) AS counted(key, free)
     WHERE t.key = counted.key`;
}

/** Names what was noted: of one kind, by one person or source. */
export function noteKey(kind: string, ...parts: string[]): string {
  return nameOf(`noted-${kind}`, ...parts);
}

/** Like `isBlocked`, it only reads. */
export async function isNoted(tx: Tx, key: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM throttle WHERE key = ${key} AND window_start > app_now() - ${seconds(windowMs)}`;
  return rows.length === 1;
}

/** True for the first of several at once, and again when the window is over. */
export async function noteFirst(tx: Tx, key: string): Promise<boolean> {
  const noted = await tx.$executeRaw`
    INSERT INTO throttle (key, failures, window_start) VALUES (${key}, 1, app_now())
    ON CONFLICT (key) DO UPDATE SET window_start = app_now()
     WHERE throttle.window_start <= app_now() - ${seconds(windowMs)}`;
  return noted === 1;
}

// These last as long as a device is remembered; every other counter starts again after an hour.
const remembered = ['sign-in-row', 'sign-in-device', 'sign-in-device-row'];

/** Rows of `throttle` that block nobody and would start again at zero. */
export const isOutOfWindow = sql`
  window_start < app_now() - ${seconds(windowMs)} AND (blocked_until IS NULL OR blocked_until < app_now())
  AND (window_start < app_now() - ${seconds(deviceMs)} OR NOT split_part(key, ':', 1) = ANY(${remembered}::text[]))`;
