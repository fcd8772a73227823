import { testDatabase } from '@tests/support/database';
import { makeGroup, makeMember } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { newId } from '@/lib/ids';
import { confirm, runJob, upload, validate } from './import.support';

const { db } = await testDatabase();

/** Somebody who can only import people and create groups in one organization. */
async function importer() {
  const id = newId();
  await db.role.create({
    data: {
      ...{ id, key: 'importer', name: 'Importer', description: '', scope: 'organization' },
      permissions: {
        create: ['users.import', 'users.invite', 'groups.create'].map((permission) => ({ permission })),
      },
    },
  });
  const member = await makeMember(db);
  await db.membershipRole.create({ data: { userId: member.id, organizationId: member.organizationId, roleId: id } });
  return member;
}

test('an import does not grant a group that somebody created with stronger roles after the review', async () => {
  const actor = await importer();
  const { id } = await upload(db, actor.id, 'email,group\nada@example.com,Leaders');
  await validate(db, actor.id, id);
  await confirm(db, actor.id, id);
  const group = await makeGroup(db, { name: 'Leaders', organizationId: actor.organizationId, roles: ['org-admin'] });
  await runJob('imports.apply', id);
  expect(await db.invitationGroup.count({ where: { groupId: group.id } })).toBe(0);
  const row = await db.planRow.findFirstOrThrow({ where: { planId: id } });
  expect(row).toMatchObject({ status: 'refused', result: { reason: 'grant_lost' } });
  expect(await db.user.count({ where: { email: 'ada@example.com' } })).toBe(0);
});
