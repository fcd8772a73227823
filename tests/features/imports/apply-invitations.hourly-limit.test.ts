import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, workAs } from '@tests/support/factories';
import { afterEach, expect, test } from 'vitest';
import { inviteUser } from '@/features/invitations/send.service';
import { invitationLimits } from '@/lib/limits';
import { importFile } from './import.support';

const { db } = await testDatabase();

const usual = { ...invitationLimits };
afterEach(() => {
  Object.assign(invitationLimits, usual);
});

test('imported people do not count toward the hourly limit of invitations', async () => {
  Object.assign(invitationLimits, { perHourPerUser: 2, perHourPerOrganization: 2 });
  const acme = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const invite = (name: string) =>
    workAs<'users.invite', unknown>(db, orgAdmin.id, (work) =>
      inviteUser(work, {
        ...{ email: `${name}@example.com`, firstName: 'A', lastName: 'B', message: '' },
        ...{ organizationId: acme.id, roleIds: [], groupIds: [] },
      }),
    );
  await importFile(db, orgAdmin.id, 'email\none@example.com\ntwo@example.com\nthree@example.com');
  expect(await db.invitation.count()).toBe(3);
  await invite('four');
  await invite('five');
  await expect(invite('six')).rejects.toMatchObject({ code: 'too_many' });
});
