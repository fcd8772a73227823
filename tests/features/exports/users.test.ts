import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { peopleListing } from '@/features/exports/users.queries';
import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter, userSorts } from '@/features/users/list.schema';
import { listUserRows } from '@/features/users/list-rows.queries';
import { csvBom } from '@/lib/csv';
import { cellsOf, exported, fileOf } from './exports.support';

const { db } = await testDatabase();

async function makeCrowd() {
  const [acme, other] = [await makeOrganization(db, { name: 'Acme' }), await makeOrganization(db, { name: 'Other' })];
  const admin = await makeUser(db, { roles: ['system-admin'], email: 'admin@example.com' });
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'], email: 'lead@acme.example' });
  for (let n = 0; n < 60; n += 1) {
    const place = n % 3 === 0 ? other : acme;
    const email = `p${String(n).padStart(2, '0')}@${place.name.toLowerCase()}.example`;
    const roles = n % 2 === 0 ? ['staff'] : ['viewer', 'caseworker'];
    const status = n % 7 === 0 ? ('archived' as const) : n % 5 === 0 ? ('inactive' as const) : ('active' as const);
    const made = await makeMember(db, {
      organizationId: place.id,
      email,
      roles,
      status,
      createdAt: new Date(2_000_000_000_000 - n * 1e9),
    });
    if (n % 4 === 0) continue;
    const at = new Date(Date.UTC(2026, 0, 1 + (n % 9)));
    await db.user.update({ where: { id: made.id }, data: { lastSignInAt: at } });
    await db.membership.updateMany({ where: { userId: made.id }, data: { lastSignInAt: at } });
  }
  return { acme, other, admin, orgAdmin };
}

/** Every address of the list, page after page, as its reader sees it. */
async function listed(userId: string, params: Record<string, string>): Promise<string[]> {
  const can = await canAs<'users.read'>(db, userId);
  const filter = parseUserFilter(params, 25);
  const matching = await resolveFilter(can, filter);
  const emails: string[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const at = parseUserFilter({ ...params, ...(after && { after }) }, 25);
    const page = await listUserRows(can, { ...matching, filter: at }, { roles: false, organizations: false });
    emails.push(...page.rows.map(({ email }) => email));
    after = page.older;
  }
  return emails;
}

test('the file has the same people as the list in the same order, for every sort order and reader', async () => {
  const { admin, orgAdmin } = await makeCrowd();
  for (const reader of [admin, orgAdmin]) {
    for (const sort of Object.keys(userSorts)) {
      for (const direction of ['asc', 'desc']) {
        const params = { sort, direction };
        const file = await fileOf(db, reader.id, peopleListing, {
          fields: ['email'],
          params: { ...params, size: '25' },
        });
        const emails = cellsOf(file).map(([email]) => email);
        expect(emails.length).toBeGreaterThan(30);
        expect(emails, `${sort} ${direction}`).toEqual(await listed(reader.id, params));
      }
    }
  }
});

test('the filters in the address apply to the file, and the page of the list does not', async () => {
  const { admin } = await makeCrowd();
  const first = await listed(admin.id, { status: 'inactive' });
  const form = { fields: ['email', 'status'], params: { status: ['inactive'], after: 'nonsense' } };
  const cells = cellsOf(await fileOf(db, admin.id, peopleListing, form));
  expect(cells).toEqual(first.map((email) => [email, 'inactive']));
  const nobody = await fileOf(db, admin.id, peopleListing, { fields: ['email', 'phone'], params: { q: 'zzzz' } });
  expect(nobody).toBe('email,phone\r\n');
});

test('an org admin exports their own people with their access there and nothing from elsewhere', async () => {
  const { acme, other, orgAdmin, admin } = await makeCrowd();
  const both = await makeMember(db, { organizationId: acme.id, roles: ['viewer'], email: 'both@acme.example' });
  await makeMember(db, { userId: both.id, organizationId: other.id, roles: ['caseworker'] });
  await db.userRole.create({
    data: { userId: both.id, roleId: (await db.role.findUniqueOrThrow({ where: { key: 'author' } })).id },
  });
  await makeGroup(db, { name: 'Elsewhere', organizationId: other.id, members: [both.id], roles: ['staff'] });
  await makeGroup(db, { name: 'Everywhere', members: [both.id], roles: ['expert'] });
  await makeGroup(db, { name: 'Here', organizationId: acme.id, members: [both.id], roles: ['member'] });
  const form = { fields: ['email', 'roles', 'groups', 'organization'], format: 'jsonl', params: { q: 'both@' } };
  const own = await fileOf(db, orgAdmin.id, peopleListing, form);
  expect(JSON.parse(own)).toEqual({
    email: both.email,
    roles: ['Member', 'Viewer'],
    groups: ['Here'],
    organization: ['Acme'],
  });
  const whole = JSON.parse(await fileOf(db, admin.id, peopleListing, form));
  expect(whole).toMatchObject({
    roles: ['Author', 'Caseworker', 'Expert', 'Member', 'Staff', 'Viewer'],
    groups: ['Elsewhere', 'Everywhere', 'Here'],
    organization: ['Acme', 'Other'],
  });
  const all = await fileOf(db, orgAdmin.id, peopleListing, { fields: form.fields });
  expect(all).not.toMatch(/other\.example|Other|Elsewhere|Everywhere/);
  // A filter by another organization finds nobody.
  const theirs = await fileOf(db, orgAdmin.id, peopleListing, {
    fields: ['email'],
    params: { organization: other.slug },
  });
  expect(cellsOf(theirs)).toEqual([]);
});

test('a file has what waits in an open invitation, and for its organization nothing of the account behind it', async () => {
  const { acme, other, admin, orgAdmin } = await makeCrowd();
  const known = await makeMember(db, { organizationId: other.id, roles: ['staff'], email: 'known@both.example' });
  const group = await makeGroup(db, { name: 'Here', organizationId: acme.id, roles: ['expert'] });
  const { id: roleId } = await db.role.findUniqueOrThrow({ where: { key: 'viewer' } });
  const { id } = await db.invitation.create({
    data: {
      id: crypto.randomUUID(),
      userId: known.id,
      organizationId: acme.id,
      email: known.email,
      firstName: 'Typed',
      tokenHash: new Uint8Array(32),
      expiresAt: new Date(Date.now() + 86_400_000),
      roles: { create: { roleId } },
      groups: { create: { groupId: group.id } },
    },
  });
  const pending = ['pending_roles', 'pending_groups', 'pending_organization'];
  const fields = ['email', 'first_name', 'status', 'roles', 'last_sign_in', 'id', ...pending];
  const form = { fields, format: 'jsonl', params: { q: 'known@' } };
  const waits = { pending_roles: ['Expert', 'Viewer'], pending_groups: ['Here'], pending_organization: ['Acme'] };
  const row = { email: known.email, first_name: 'Typed', status: 'invited', roles: [], last_sign_in: null, id };
  expect(JSON.parse(await fileOf(db, orgAdmin.id, peopleListing, form))).toEqual({ ...row, ...waits });
  const whole = JSON.parse(await fileOf(db, admin.id, peopleListing, form));
  expect(whole).toMatchObject({ id: known.id, status: 'active', roles: ['Staff'], ...waits });
});

test('a person who can see two organizations but export only one gets that one', async () => {
  const { acme, other } = await makeCrowd();
  const person = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const reader = await db.role.create({
    data: {
      id: crypto.randomUUID(),
      key: 'reader',
      name: 'Reader',
      description: '',
      scope: 'organization',
      permissions: { create: { permission: 'users.read' } },
    },
  });
  await makeMember(db, { userId: person.id, organizationId: other.id });
  await db.membershipRole.create({ data: { userId: person.id, organizationId: other.id, roleId: reader.id } });
  const file = await fileOf(db, person.id, peopleListing, { fields: ['email', 'organization'] });
  expect(file).not.toContain('other.example');
  expect(cellsOf(file).length).toBeGreaterThan(30);
});

test('groups are only named where the reader can see groups', async () => {
  const { acme, other } = await makeCrowd();
  const person = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const reader = await db.role.create({
    data: {
      id: crypto.randomUUID(),
      key: 'taker',
      name: 'Taker',
      description: '',
      scope: 'organization',
      permissions: { create: [{ permission: 'users.read' }, { permission: 'users.export' }] },
    },
  });
  await makeMember(db, { userId: person.id, organizationId: other.id });
  await db.membershipRole.create({ data: { userId: person.id, organizationId: other.id, roleId: reader.id } });
  await makeGroup(db, { name: 'Known', organizationId: acme.id, members: [person.id], roles: ['member'] });
  await makeGroup(db, { name: 'Hidden', organizationId: other.id, members: [person.id], roles: ['member'] });
  const file = await fileOf(db, person.id, peopleListing, { fields: ['email', 'groups'] });
  expect(file).toContain('other.example');
  expect(file).toContain('Known');
  expect(file).not.toContain('Hidden');
});

test('a large export, which collects all names at once, contains the same rows as a small one', async () => {
  const { admin } = await makeCrowd();
  await db.$executeRaw`
    INSERT INTO "user" (id, email, first_name, last_name, status)
    SELECT gen_random_uuid(), 'crowd' || n || '@many.example', 'Many', n::text, 'active' FROM generate_series(1, 10050) n`;
  const fields = ['email', 'roles', 'groups', 'organization'];
  const all = new Set((await fileOf(db, admin.id, peopleListing, { fields })).split('\r\n'));
  expect(all.size).toBeGreaterThan(10_050);
  // Without a status a search would also contain archived people.
  const few = (
    await fileOf(db, admin.id, peopleListing, {
      fields,
      params: { q: 'acme.example', status: ['invited', 'active', 'inactive'] },
    })
  ).split('\r\n');
  expect(few.length).toBeGreaterThan(30);
  expect(few.filter((line) => !all.has(line))).toEqual([]);
  expect(few.some((line) => line.includes('"Caseworker; Viewer"'))).toBe(true);
});

test('a file for spreadsheets begins with the byte order mark for Excel and escapes formulas', async () => {
  const { admin } = await makeCrowd();
  await makeUser(db, { email: 'evil@example.com', firstName: '=HYPERLINK("http://evil.example","x")', lastName: '+1' });
  const answer = await exported(db, admin.id, peopleListing, {
    fields: ['email', 'first_name', 'last_name'],
    format: 'csv-excel',
    params: { q: 'evil@' },
  });
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="rollcall-users-\d{4}-\d\d-\d\d\.csv"$/,
  );
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const bytes = Buffer.from(await answer.arrayBuffer()).toString('utf8');
  expect(bytes).toBe(
    `${csvBom}email,first_name,last_name\r\nevil@example.com,"'=HYPERLINK(""http://evil.example"",""x"")",'+1\r\n`,
  );
});
