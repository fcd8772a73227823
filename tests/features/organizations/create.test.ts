import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { createOrganization } from '@/features/organizations/create.service';
import { createOrganizationSchema } from '@/features/organizations/name.schema';
import { Fail } from '@/server/fail';
import type { Work } from '@/server/work';

const { db } = await testDatabase();

async function create(given: { name: string; slug?: string }) {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const input = createOrganizationSchema.parse(given);
  return workAs(db, admin.id, (work: Work<'organizations.create'>) => createOrganization(work, input));
}

test('an organization is active at once, with an event of its own', async () => {
  expect(await create({ name: ' First  House ', slug: ' First-House ' })).toBe('first-house');
  const [organization] = await db.organization.findMany();
  expect(organization).toMatchObject({ name: 'First House', slug: 'first-house', status: 'active' });
  const [event] = await db.auditEvent.findMany({ where: { action: 'organization.created' } });
  expect(event).toMatchObject({ subjectId: organization?.id, organizationId: organization?.id });
});

test('an empty slug is made from the name, with a number if it is taken or reserved', async () => {
  expect([await create({ name: 'Acme' }), await create({ name: 'ACME!' }), await create({ name: 'New' })]).toEqual([
    'acme',
    'acme-2',
    'new-2',
  ]);
  const long = 'long '.repeat(20);
  expect([await create({ name: long }), await create({ name: long })].map((slug) => slug.length)).toEqual([49, 49]);
});

test('two people who create the same name at once get two slugs', async () => {
  const slugs = await Promise.all([create({ name: 'Twice' }), create({ name: 'Twice' })]);
  expect(slugs.toSorted()).toEqual(['twice', 'twice-2']);
});

test('a slug that is taken, and a name that gives none, are refused at the field', async () => {
  await makeOrganization(db, { slug: 'taken' });
  await expect(create({ name: 'Any name', slug: 'taken' })).rejects.toMatchObject({
    code: 'organization.slug_taken',
    field: 'slug',
  });
  const error = await create({ name: '東京都' }).catch((thrown: unknown) => thrown);
  expect(error instanceof Fail && error.errors).toHaveProperty('slug');
});

test.each([
  [{ name: 'A', slug: '' }, 'name'],
  [{ name: 'a'.repeat(101) }, 'name'],
  [{ name: '\u202e\u200b' }, 'name'],
  [{ name: 'Fine', slug: 'new' }, 'slug'],
  [{ name: 'Fine', slug: 'not fine' }, 'slug'],
  [{ name: 'Fine', slug: ['a', 'b'] }, 'slug'],
])('%j is refused at %s', (given, field) => {
  const { error } = createOrganizationSchema.safeParse(given);
  expect([...new Set(error?.issues.map(({ path }) => path[0]))]).toEqual([field]);
});
