import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { grantAccess } from '@/features/memberships/grants.service';
import { writesOn } from '@/server/db/statements';
import { env } from '@/server/env';
import { confirm, importFile, runJob, stateOf, upload, validate, verdicts } from './import.support';

const { db } = await testDatabase();

async function world() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const [acme, other] = [await makeOrganization(db, { slug: 'acme' }), await makeOrganization(db)];
  const ada = await makeUser(db, { email: 'ada@example.com' });
  return { admin, acme, other, ada };
}

const file = 'email,organization,role\nada@example.com,acme,member';
const places = (userId: string) => db.membership.count({ where: { userId } });

/** Writes what accepting an invitation writes. It is no administrative change, so no version changes. */
const accept = (userId: string, organizationId: string) =>
  grantAccess(writesOn(db), { userId, organizationId, roleIds: [], groupIds: [], grantedBy: null });

test('a person who joins another organization after the review is not added to a second one', async () => {
  const { admin, other, ada } = await world();
  const { id } = await upload(db, admin.id, file);
  await validate(db, admin.id, id);
  await accept(ada.id, other.id);
  await confirm(db, admin.id, id);
  await runJob('imports.apply', id);
  expect(await places(ada.id)).toBe(1);
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({ applied: 0, refused: 1 });
});

test('a file adds people to a second organization if the setting allows several', async () => {
  const { admin, acme, other, ada } = await world();
  await accept(ada.id, other.id);
  const { id } = await upload(db, admin.id, file);
  await validate(db, admin.id, id);
  expect(Object.values(await verdicts(db, id))[0]).toContain('error');
  env().SEVERAL_ORGANIZATIONS = true;
  try {
    await importFile(db, admin.id, file);
  } finally {
    env().SEVERAL_ORGANIZATIONS = false;
  }
  expect(await places(ada.id)).toBe(2);
  const joined = { userId: ada.id, organizationId: acme.id, roleId: await roleId(db, 'member') };
  expect(await db.membershipRole.count({ where: joined })).toBe(1);
});
