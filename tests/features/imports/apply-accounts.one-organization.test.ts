import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { expect, test } from 'vitest';
import '@/features/invitations/mail.emails';
import { grantAccess } from '@/features/invitations/invitee.service';
import { env } from '@/server/env';
import { confirm, importFile, judge, runJob, stateOf, upload, verdicts } from './import.support';

const { db } = await testDatabase();

async function world() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const [acme, other] = [await makeOrganization(db, { slug: 'acme' }), await makeOrganization(db)];
  const ada = await makeUser(db, { email: 'ada@example.com' });
  return { admin, acme, other, ada };
}

const file = 'email,organization,role\nada@example.com,acme,member';
const places = (userId: string) => db.membership.count({ where: { userId } });

/** What accepting an invitation writes: nobody's administrative change, so no version moves. */
const accept = (userId: string, organizationId: string) =>
  grantAccess(db, { userId, organizationId, roleIds: [], groupIds: [], grantedBy: null });

test('who accepted another organization’s invitation after the review does not join a second one', async () => {
  const { admin, other, ada } = await world();
  const { id } = await upload(db, admin.id, file);
  await judge(db, admin.id, id);
  await accept(ada.id, other.id);
  await confirm(db, admin.id, id);
  await runJob('imports.apply', id);
  expect(await places(ada.id)).toBe(1);
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({ applied: 0, refused: 1 });
});

test('where a setting allows several organizations, a file adds people to a second one', async () => {
  const { admin, acme, other, ada } = await world();
  await accept(ada.id, other.id);
  const { id } = await upload(db, admin.id, file);
  await judge(db, admin.id, id);
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
