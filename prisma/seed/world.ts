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
  /** The same number, size and day make the same world, row by row. */
  seed: number;
  /** Told what is being made, for somebody who waits. */
  say?: (line: string) => void;
};

/**
 * Makes a world of `users` people beside what is there already, as the owner of the tables. One transaction: cut short,
 * it leaves nothing behind, indexes included; until it ends, everybody else waits. Answers rows by table.
 *
 * Nobody in it has a password, so nobody can sign in, and nobody is System Admin. Every address ends in `.example`.
 */
export async function makeWorld(client: Client, options: WorldOptions): Promise<Figures> {
  const say = options.say ?? (() => undefined);
  const world = worldOf(client, options);
  await client.query('BEGIN');
  try {
    for (const setting of settings) await client.query(`SET LOCAL ${setting}`);
    const dress = await stripTables(client);
    const figures: Figures = {};
    const begun = performance.now();
    let done = 0;
    for (const [title, share, step] of steps) {
      const stepBegun = performance.now();
      if (step === 'indexes') await dress();
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

/** With about how much of a hundred of the time each takes. */
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

/** Nothing for worlds that are made in seconds, and before anything can be said. */
function timeLeft(begun: number, done: number): string {
  const passed = (performance.now() - begun) / 1000;
  if (done < 10 || done >= 100) return '';
  const left = (passed / done) * (100 - done);
  if (left < 10) return '';
  return left < 90 ? `   about ${Math.ceil(left / 10) * 10} s left` : `   about ${Math.round(left / 60)} min left`;
}

/** What the planner must know before the first page is fast. Outside the transaction, as VACUUM insists. */
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

// Staging joins and index builds in memory; nobody else is working meanwhile.
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
