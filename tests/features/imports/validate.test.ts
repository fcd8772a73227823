import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { fixture, upload, validate, verdicts } from './import.support';

const { db } = await testDatabase();

const messy = {
  1: 'create',
  2: 'create',
  3: 'conflict: The same person as row 2, differing in the last name. Keep one of the rows.',
  4: expect.stringMatching(/^error: Letters outside a–z before the @ are not supported/),
  5: expect.stringMatching(/^error: This is not one email address/),
  6: expect.stringMatching(/^error: The address is missing/),
  7: 'create',
  8: 'not_allowed: A file cannot grant System Admin.',
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

async function validated(actorId: string, name: string) {
  const { id, problem } = await upload(db, actorId, await fixture(name), name);
  expect(problem).toBeNull();
  await validate(db, actorId, id);
  return id;
}

const world = async () => ({
  admin: await makeUser(db, { roles: ['system-admin'] }),
  acme: await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' }),
  beta: await makeOrganization(db, { name: 'Beta', slug: 'beta' }),
});

describe.each(files)('%s', (file) => {
  test('gets the expected verdicts for a System Admin', async () => {
    const { admin } = await world();
    expect(await verdicts(db, await validated(admin.id, file))).toEqual(messy);
  });

  test('gets the same verdicts for the org admin of Acme Corp without revealing other organizations', async () => {
    const { acme } = await world();
    const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
    expect(await verdicts(db, await validated(orgAdmin.id, file))).toEqual({
      ...messy,
      10: 'not_allowed: You can only import people into your own organization.',
    });
  });

  test('is refused row by row for the org admin of another organization', async () => {
    const { beta } = await world();
    const stranger = await makeMember(db, { organizationId: beta.id, roles: ['org-admin'] });
    const found = await verdicts(db, await validated(stranger.id, file));
    expect(Object.values(found)).toEqual(
      Array(17).fill('not_allowed: You can only import people into your own organization.'),
    );
  });
});

test('rows are read with their roles, organization and quoted names', async () => {
  const { admin, acme } = await world();
  const id = await validated(admin.id, 'messy-people.csv');
  const rows = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  const row = (n: number) => (rows[n - 1]?.change ?? {}) as Record<string, unknown>;
  const orgAdmin = await db.role.findUniqueOrThrow({ where: { key: 'org-admin' } });
  expect(row(2)).toMatchObject({ row: { email: 'jane@example.com', organization: acme.id, roles: [orgAdmin.id] } });
  expect(row(7)).toMatchObject({ row: { firstName: '=HYPERLINK("http://evil.example","click")' } });
  expect(row(12)).toMatchObject({ row: { firstName: 'Quote "Q"' } });
  expect(row(13)).toMatchObject({ row: { firstName: 'Two lines' } });
});

test('UTF-16 without a byte order mark is refused with the reason, and none of it is kept', async () => {
  const { admin } = await world();
  const bytes = (await fixture('messy-people-utf16.csv')).subarray(2);
  const { id, problem } = await upload(db, admin.id, bytes);
  expect(problem).toMatch(/UTF-16 without its byte order mark/);
  expect(await db.plan.findUnique({ where: { id } })).toMatchObject({ state: 'failed', error: problem });
  expect(await db.uploadRow.count()).toBe(0);
});

test('a Google Workspace export creates three people, and does not invite the suspended one', async () => {
  const { admin } = await world();
  const id = await validated(admin.id, 'google-workspace-export.csv');
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
    const id = await validated(admin.id, file);
    expect(Object.values(await verdicts(db, id))).toEqual(Array(rows).fill('create'));
    const staged = await db.uploadRow.findMany({ where: { planId: id } });
    expect(staged.flatMap((row) => row.fields).join()).not.toMatch(/secret|Pass1234/);
  });
});

test('a group that does not exist is an error unless the importer chose to create groups', async () => {
  const { admin } = await world();
  const { id } = await upload(db, admin.id, await fixture('moodle-upload_users_cohorts.csv'));
  await validate(db, admin.id, id, { makeGroups: undefined });
  expect((await verdicts(db, id))[1]).toBe('error: There is no group “ASD”.');
});

test('the work phone is used if there is no mobile phone', async () => {
  const { admin } = await world();
  const google =
    'First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],Work Phone,Mobile Phone';
  const rows = [
    'A,B,both@x.example,/,+49301234567,+491701234567',
    'C,D,work@x.example,/,+49307654321,',
    'E,F,none@x.example,/,,',
  ];
  const { id } = await upload(db, admin.id, [google, ...rows].join('\n'));
  await validate(db, admin.id, id);
  const validated = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  expect(validated.map(({ change }) => (change as { row: { phone: string | null } }).row.phone)).toEqual([
    '+491701234567',
    '+49307654321',
    null,
  ]);
});

test('a review does not reveal to an org admin that another organization invited one of their people', async () => {
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
  await validate(db, orgAdmin.id, id);
  const [one, other] = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  const visible = (row: typeof one) =>
    JSON.stringify([row?.verdict, row?.reasons, { ...(row?.change as object), row: null }]);
  expect(visible(one)).toBe(visible(other));
});
