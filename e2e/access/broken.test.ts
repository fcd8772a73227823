import { afterEach, expect, inject, test } from 'vitest';
import { call, callPayload } from './support/call';
import { newBugs, sql, watchRows } from './support/rows';

const world = inject('world');
const cookie = world.people['system admin'].cookie;
watchRows();

/** Hides a table, as after a failed migration. */
const hidden: string[] = [];
async function hide(table: string) {
  await sql(`ALTER TABLE "${table}" RENAME TO "${table}_elsewhere"`);
  hidden.push(table);
}

afterEach(async () => {
  for (const table of hidden.splice(0)) await sql(`ALTER TABLE "${table}_elsewhere" RENAME TO "${table}"`);
  newBugs();
});

const referenceIn = (text: string) => /<code>([0-9a-f]{8})<\/code>/.exec(text)?.[1] ?? 'none';

// Only the page reads the first table; every page and layout reads the second with the session.
test.each([
  ['organization', '/organizations'],
  ['group', '/users'],
])('without the table %s, %s explains the error and shows a reference that is in the log', async (table, path) => {
  await hide(table);
  newBugs();
  const answer = await call(path, { cookie });
  expect(answer.status).toBe(500);
  expect(answer.text).toContain('Something went wrong on our side');
  expect(answer.text).not.toMatch(/elsewhere|does not exist|prisma|42P01|SELECT/i);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const bugs = newBugs().filter((line) => line.includes('"event":"bug"'));
  expect(bugs.some((line) => line.includes(`"reference":"${referenceIn(answer.text)}"`))).toBe(true);
});

test('an error during client-side navigation shows a digest that is in the log', async () => {
  await hide('organization');
  newBugs();
  const answer = await callPayload('/organizations', { cookie });
  const digest = /"digest":"([^"]+)"/.exec(answer.text)?.[1];
  expect(digest).toBeTruthy();
  expect(answer.text).not.toMatch(/does not exist|42P01/i);
  expect(newBugs().some((line) => line.includes(`"digest":"${digest}"`))).toBe(true);
});
