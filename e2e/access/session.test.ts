import { beforeEach, expect, inject, test } from 'vitest';
import { call } from './support/call';
import { newBugs, resetRows, sql, watchRows } from './support/rows';

const { people } = inject('world');
const { id, cookie } = people.member;
const ask = (person = id, as = cookie) => call(`/api/session?person=${person}`, { cookie: as });
watchRows();
beforeEach(resetRows);

const lastSeen = async () =>
  (await sql<{ at: Date }>('SELECT max(last_seen_at) AS at FROM session WHERE user_id = $1', [id]))[0]?.at.getTime();

const setBack = (minutes: number) =>
  sql(`UPDATE session SET last_seen_at = now() - make_interval(mins => $2) WHERE user_id = $1`, [id, minutes]);

test('asking whether one is signed in is not using: it prolongs no session and is not audited', async () => {
  await setBack(59);
  const before = await lastSeen();
  const events = await sql('SELECT id FROM audit_event');
  for (let n = 0; n < 3; n += 1) expect((await ask()).status).toBe(204);
  expect(await lastSeen()).toBe(before);
  expect(await sql('SELECT id FROM audit_event')).toEqual(events);
  await setBack(61);
  expect((await ask()).status).toBe(401);
  expect(newBugs()).toEqual([]);
});

test('the answer has no words, and is not kept anywhere', async () => {
  for (const answer of [await ask(), await ask(people.auditor.id), await ask(id, null)]) {
    expect(answer.text).toBe('');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
});

test('for the page of another person, or of nobody, the answer is no', async () => {
  for (const person of [people.auditor.id, '', 'x', `${id}'--`, id.toUpperCase()]) {
    expect((await ask(person)).status, person).toBe(401);
  }
});

const archiving = `UPDATE "user" SET status = 'archived', archived_at = now(), archived_status = 'active' WHERE id = $1`;

test.each([
  ['the session was ended', `UPDATE session SET ended_at = now(), ended_as = 'revoked' WHERE user_id = $1`],
  ['the session expired', `UPDATE session SET expires_at = now() - interval '1 second' WHERE user_id = $1`],
  ['the person was deactivated', `UPDATE "user" SET status = 'inactive' WHERE id = $1`],
  ['the person was archived', archiving],
])('once %s, the next answer is no', async (_, change) => {
  expect((await ask()).status).toBe(204);
  await sql(change, [id]);
  expect((await ask()).status).toBe(401);
});

test('an error is neither yes nor no', async () => {
  await sql('ALTER TABLE session RENAME TO session_elsewhere');
  try {
    expect((await ask()).status).toBe(500);
  } finally {
    await sql('ALTER TABLE session_elsewhere RENAME TO session');
  }
  newBugs();
});
