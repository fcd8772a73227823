import { testDatabase } from '@tests/support/database';
import { makeGroup, makeMember, makeOrganization } from '@tests/support/factories';
import { afterEach, expect, test } from 'vitest';
import { env } from '@/server/env';
import { importFile, prepare, runJob, stateOf, upload, validate } from './import.support';

const { db } = await testDatabase();

async function world() {
  const acme = await makeOrganization(db, { slug: 'acme' });
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  return { acme, orgAdmin };
}

async function validatedRow(actorId: string, file: string) {
  const { id } = await upload(db, actorId, file);
  await validate(db, actorId, id);
  return db.planRow.findFirstOrThrow({ where: { planId: id } });
}

afterEach(() => {
  env().SEVERAL_ORGANIZATIONS = false;
});

test('a person’s roles in another organization do not protect them here', async () => {
  env().SEVERAL_ORGANIZATIONS = true;
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com', roles: ['viewer'] });
  await makeMember(db, { userId: person.id, roles: ['org-admin'] });
  await importFile(db, orgAdmin.id, 'email,role\np@example.com,staff');
  expect(await db.membershipRole.count({ where: { userId: person.id, organizationId: acme.id } })).toBe(2);
});

test('a person who outranks the importer only on the platform is refused as managed by the platform', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com' });
  await makeGroup(db, { roles: ['system-admin'], members: [person.id] });
  const row = await validatedRow(orgAdmin.id, 'email,role\np@example.com,staff');
  expect(row).toMatchObject({ verdict: 'not_allowed', reasons: [{ code: 'not_managed' }] });
});

test('an organization cannot rename a person who belongs to the platform through a group', async () => {
  const { acme, orgAdmin } = await world();
  const person = await makeMember(db, { organizationId: acme.id, email: 'p@example.com' });
  await makeGroup(db, { roles: ['member'], members: [person.id] });
  const row = await validatedRow(orgAdmin.id, 'email,last_name\np@example.com,Changed');
  expect(row).toMatchObject({ verdict: 'unchanged', reasons: [{ code: 'not_managed' }] });
});

test('a file is not validated for somebody who may now import only into another organization', async () => {
  env().SEVERAL_ORGANIZATIONS = true;
  const { acme, orgAdmin } = await world();
  const { id } = await upload(db, orgAdmin.id, 'email\nnoor@example.com');
  await prepare(db, orgAdmin.id, id);
  await db.membershipRole.deleteMany({ where: { userId: orgAdmin.id, organizationId: acme.id } });
  await makeMember(db, { userId: orgAdmin.id, roles: ['org-admin'] });
  await runJob('imports.validate', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'failed', error: 'not_allowed' });
  expect(await db.planRow.count({ where: { planId: id } })).toBe(0);
});
