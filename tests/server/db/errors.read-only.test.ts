import { endSessions, ownDatabase } from '@tests/support/database';
import { makeUser } from '@tests/support/factories';
import { requestFrom } from '@tests/support/sign-in';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSession } from '@/server/auth/session';
import { createDb } from '@/server/db/client';
import { withClient } from '@/server/db/cluster';
import { isDatabaseUnavailable } from '@/server/db/errors';
import { writesOn } from '@/server/db/statements';

// A demoted primary refuses writes in the same words as a read-only transaction.
const { db: writable, url } = await ownDatabase();
const db = createDb(url, 1);
let userId = '';

beforeAll(async () => {
  userId = (await makeUser(writable)).id;
  await withClient(url, async (client) => {
    const { rows } = await client.query('SELECT quote_ident(current_database()) AS name');
    await client.query(`ALTER ROLE CURRENT_USER IN DATABASE ${rows[0].name} SET default_transaction_read_only = on`);
  });
  await endSessions(url);
});

afterAll(() => db.$disconnect());

const writes: [string, () => Promise<unknown>][] = [
  ['a model', () => db.user.update({ where: { id: userId }, data: { firstName: 'Ada' } })],
  ['a model that makes several rows', () => db.preference.createMany({ data: [{ userId }] })],
  ['a nested write', () => db.user.update({ where: { id: userId }, data: { preference: { create: {} } } })],
  ['SQL', () => db.$executeRaw`UPDATE "user" SET first_name = 'Ada'`],
  ['SQL that reads and locks', () => db.$queryRaw`SELECT id FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`],
  ['a model in a transaction', () => db.$transaction((tx) => tx.user.deleteMany())],
  ['SQL in a transaction', () => db.$transaction((tx) => startSession(writesOn(tx), userId, requestFrom()))],
  ['a plain connection', () => withClient(url, (client) => client.query('DELETE FROM preference'))],
];

test.each(writes)('a database that became read-only is unavailable for a write by %s', async (_, write) => {
  const error = await write().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(isDatabaseUnavailable(error), String(error)).toBe(true);
});

test('it still answers reads, and a wrong statement is still a bug', async () => {
  expect(await db.user.count()).toBe(1);
  const error = await db.$queryRaw`SELECT nothing`.catch((thrown: unknown) => thrown);
  expect(isDatabaseUnavailable(error)).toBe(false);
});
