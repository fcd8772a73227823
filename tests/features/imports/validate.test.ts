import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { fixture, judge, upload, verdicts } from './import.support';

const { db } = await testDatabase();

const messy = {
  1: 'create',
  2: 'create',
  3: 'conflict: The same person as row 2, differing in the last name. Keep one of the rows.',
  4: expect.stringMatching(/^error: Letters outside a–z before the @ are not supported/),
  5: expect.stringMatching(/^error: This is not one email address/),
  6: expect.stringMatching(/^error: The address is missing/),
  7: 'create',
  8: 'not_allowed: System Admin is never given by a file.',
  9: 'error: There is no role “wizard”.',
  10: 'error: There is no organization “No Such Org”.',
  11: 'create',
  12: 'create',
  13: 'create',
  14: expect.stringMatching(/^error: 2 fields where 5 are expected/),
  15: expect.stringMatching(/^error: 6 fields where 5 are expected/),
  16: expect.stringMatching(/^error: This is not one email address/),
  17: 'create',
};

const files = ['messy-people.csv', 'messy-people-bom-semicolon.csv', 'messy-people-utf16.csv'];

async function judged(actorId: string, name: string) {
  const { id, problem } = await upload(db, actorId, await fixture(name), name);
  expect(problem).toBeNull();
  await judge(db, actorId, id);
  return id;
}

const world = async () => ({
  admin: await makeUser(db, { roles: ['system-admin'] }),
  acme: await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' }),
  beta: await makeOrganization(db, { name: 'Beta', slug: 'beta' }),
});

describe.each(files)('%s', (file) => {
  test('gets its verdicts for a System Admin', async () => {
    const { admin } = await world();
    expect(await verdicts(db, await judged(admin.id, file))).toEqual(messy);
  });

  test('gets the same for the org admin of Acme Corp, who learns nothing of other organizations', async () => {
    const { acme } = await world();
    const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    expect(await verdicts(db, await judged(orgAdmin.id, file))).toEqual({
      ...messy,
      10: 'not_allowed: You may only import people into your own organization.',
    });
  });

  test('is not allowed, row by row, for the org admin of another organization', async () => {
    const { beta } = await world();
    const stranger = await makeMember(db, { organizationId: beta.id, roles: ['org-admin'] });
    const found = await verdicts(db, await judged(stranger.id, file));
    expect(Object.values(found)).toEqual(
      Array(17).fill('not_allowed: You may only import people into your own organization.'),
    );
  });
});

test('rows are understood as they were meant', async () => {
  const { admin, acme } = await world();
  const id = await judged(admin.id, 'messy-people.csv');
  const rows = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  const row = (n: number) => (rows[n - 1]?.change ?? {}) as Record<string, unknown>;
  const orgAdmin = await db.role.findUniqueOrThrow({ where: { key: 'org-admin' } });
  expect(row(2)).toMatchObject({ row: { email: 'jane@example.com', organization: acme.id, roles: [orgAdmin.id] } });
  expect(row(7)).toMatchObject({ row: { firstName: '=HYPERLINK("http://evil.example","click")' } });
  expect(row(12)).toMatchObject({ row: { firstName: 'Quote "Q"' } });
  expect(row(13)).toMatchObject({ row: { firstName: 'Two lines' } });
});

test('without its mark UTF-16 is refused with the reason, and nothing of it is kept', async () => {
  const { admin } = await world();
  const bytes = (await fixture('messy-people-utf16.csv')).subarray(2);
  const { id, problem } = await upload(db, admin.id, bytes);
  expect(problem).toMatch(/UTF-16 without its byte order mark/);
  expect(await db.plan.findUnique({ where: { id } })).toMatchObject({ state: 'failed', error: problem });
  expect(await db.uploadRow.count()).toBe(0);
});

test('a Google Workspace export: three people, the suspended one inactive and uninvited', async () => {
  const { admin } = await world();
  const id = await judged(admin.id, 'google-workspace-export.csv');
  expect(Object.values(await verdicts(db, id))).toEqual(['create', 'create', 'create']);
  const rows = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  expect(rows.map((row) => row.change)).toMatchObject([
    { invite: true, row: { email: 'zoe.mueller@acme.example' } },
    { invite: true, row: { email: 'li.lei@acme.example' } },
    { invite: false, row: { email: 'sean.obrien@acme.example', firstName: "O'Brien, Jr.", suspended: true } },
  ]);
  const staged = await db.uploadRow.findMany({ where: { planId: id } });
  expect(staged.flatMap((row) => row.fields)).not.toContain('****');
});

describe.each([
  ['moodle-example.csv', 3],
  ['moodle-upload_users.csv', 2],
  ['moodle-upload_users_cohorts.csv', 4],
  ['moodle-upload_users_email_matching.csv', 2],
  ['moodle-upload_users_profile.csv', 2],
])('%s', (file, rows) => {
  test('creates everybody and stores no password', async () => {
    const { admin } = await world();
    const id = await judged(admin.id, file);
    expect(Object.values(await verdicts(db, id))).toEqual(Array(rows).fill('create'));
    const staged = await db.uploadRow.findMany({ where: { planId: id } });
    expect(staged.flatMap((row) => row.fields).join()).not.toMatch(/secret|Pass1234/);
  });
});

test('a cohort that does not exist is an error for who does not agree to make it', async () => {
  const { admin } = await world();
  const { id } = await upload(db, admin.id, await fixture('moodle-upload_users_cohorts.csv'));
  await judge(db, admin.id, id, { makeGroups: undefined });
  expect((await verdicts(db, id))[1]).toBe('error: There is no such group: “ASD”.');
});

test('a number at work is taken where there is no mobile one', async () => {
  const { admin } = await world();
  const google =
    'First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],Work Phone,Mobile Phone';
  const rows = [
    'A,B,both@x.example,/,+49301234567,+491701234567',
    'C,D,work@x.example,/,+49307654321,',
    'E,F,none@x.example,/,,',
  ];
  const { id } = await upload(db, admin.id, [google, ...rows].join('\n'));
  await judge(db, admin.id, id);
  const judged = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  expect(judged.map(({ change }) => (change as { row: { phone: string | null } }).row.phone)).toEqual([
    '+491701234567',
    '+49307654321',
    null,
  ]);
});

test('an org admin does not learn from a review whether another organization has invited one of their people', async () => {
  const { acme, beta } = await world();
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const [invitedElsewhere] = await Promise.all(
    ['elsewhere', 'nowhere'].map((name) =>
      makeMember(db, {
        organizationId: acme.id,
        email: `${name}@example.com`,
        firstName: 'A',
        lastName: 'B',
        status: 'invited',
      }),
    ),
  );
  await db.invitation.create({
    data: {
      id: newId(),
      userId: invitedElsewhere?.id ?? '',
      organizationId: beta.id,
      email: 'elsewhere@example.com',
      firstName: 'A',
      lastName: 'B',
      tokenHash: new Uint8Array(32),
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  const { id } = await upload(
    db,
    orgAdmin.id,
    'email,first_name,last_name\nelsewhere@example.com,A,B\nnowhere@example.com,A,B',
  );
  await judge(db, orgAdmin.id, id);
  const [one, other] = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  const told = (row: typeof one) =>
    JSON.stringify([row?.verdict, row?.reasons, { ...(row?.change as object), row: null }]);
  expect(told(one)).toBe(told(other));
});
