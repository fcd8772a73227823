import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { giveRoles, makeGroups } from './access';
import { writeAudit } from './audit';
import { stripTables } from './bare-tables';
import type { Figures, World } from './ground';
import { makeInvitations } from './invitations';
import { makeMemberships, makeOrganizations, makeTeams, stageOrganizations } from './organizations';
import { makePeople } from './people';
import { makeSessions } from './sessions';

export type WorldOptions = {
  users: number;
  /** The same seed, size and day make the same rows. */
  seed: number;
  /** Receives progress lines. */
  say?: (line: string) => void;
};

/**
 * Adds a world of `users` people to what is there, as the owner of the tables. It is one transaction: a failure leaves
 * nothing behind and all indexes in place, and everybody else waits until it ends. Returns the rows written by table.
 *
 * Nobody in it has a password, so nobody can sign in. Nobody is System Admin. Every address ends in `.example`.
 */
export async function makeWorld(client: Client, options: WorldOptions): Promise<Figures> {
  const say = options.say ?? (() => undefined);
  const world = worldOf(client, options);
  await client.query('BEGIN');
  try {
    for (const setting of settings) await client.query(`SET LOCAL ${setting}`);
    const rebuildIndexes = await stripTables(client);
    const figures: Figures = {};
    const begun = performance.now();
    let done = 0;
    for (const [title, share, step] of steps) {
      const stepBegun = performance.now();
      if (step === 'indexes') await rebuildIndexes();
      else Object.assign(figures, await step(world));
      done += share;
      say(`${title.padEnd(22)} ${seconds(stepBegun)}${timeLeft(begun, done)}`);
    }
    await client.query('COMMIT');
    return figures;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Each with its approximate share of the time, in percent. */
const steps: [string, number, ((world: World) => Promise<Figures>) | 'indexes'][] = [
  ['Names and sizes', 0, stageOrganizations],
  ['People', 13, makePeople],
  ['Organizations', 0, makeOrganizations],
  ['Memberships', 4, makeMemberships],
  ['Teams', 2, makeTeams],
  ['Groups', 8, makeGroups],
  ['Roles', 3, giveRoles],
  ['Invitations', 2, makeInvitations],
  ['Sessions', 0, makeSessions],
  ['Audit log', 28, writeAudit],
  ['Indexes', 40, 'indexes'],
];

/** Empty for small worlds, and while it is too early for an estimate. */
function timeLeft(begun: number, done: number): string {
  const passed = (performance.now() - begun) / 1000;
  if (done < 10 || done >= 100) return '';
  const left = (passed / done) * (100 - done);
  if (left < 10) return '';
  return left < 90 ? `   about ${Math.ceil(left / 10) * 10} s left` : `   about ${Math.round(left / 60)} min left`;
}

/** Gives the planner its statistics, so that the first page is fast. VACUUM must run outside a transaction. */
export async function vacuum(client: Client): Promise<void> {
  await client.query(`SET maintenance_work_mem = '256MB'`);
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(c.relname) AS name FROM pg_class c
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND pg_has_role(c.relowner, 'MEMBER')`,
  );
  await client.query(`VACUUM (ANALYZE) ${rows.map((row) => row.name).join(', ')}`);
}

export function seconds(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s`;
}

// Staging joins and index builds need memory, and nobody else is working meanwhile.
const settings = [
  `work_mem = '192MB'`,
  `maintenance_work_mem = '512MB'`,
  `temp_buffers = '128MB'`,
  'max_parallel_maintenance_workers = 2',
  'synchronous_commit = off',
  'jit = off',
  `search_path = public, pg_temp`,
];

function worldOf(client: Client, { users, seed }: WorldOptions): World {
  const salt = (use: string) => createHash('sha256').update(`${seed}/${use}`).digest().readBigInt64BE() >> 1n;
  const bytes = (n: string, use: string) => `decode(md5((${n})::text || '/${salt(use)}'), 'hex')`;
  return {
    client,
    users,
    chance: (n, use) =>
      `((hashint8extended((${n})::bigint, ${salt(use)}) & 9007199254740991)::float8 / 9007199254740992)`,
    bytes,
    id: (moment, n, use) =>
      `(lpad(to_hex((extract(epoch FROM ${moment}) * 1000)::bigint), 12, '0') || '7'
        || overlay(substr(encode(${bytes(n, use)}, 'hex'), 1, 19) PLACING '8' FROM 4 FOR 1))::uuid`,
    run: async (sql, values) => (await client.query(sql, values)).rowCount ?? 0,
  };
}
