import { testDatabase } from '@tests/support/database';
import { canAs, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
import { getOrganization } from '@/features/organizations/list.queries';
import { getRole } from '@/features/roles/list.queries';

const { db } = await testDatabase();

async function reader() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  return canAs<'invitations.read' | 'organizations.read' | 'roles.read'>(db, admin.id);
}

test.each(['-100000-01-01T00:00:00.000Z', '+275000-01-01T00:00:00.000Z'])(
  'a cursor at %s causes no error',
  async (at) => {
    const filter = invitationFilterSchema.parse({ after: `${at}~01890000-0000-7000-8000-000000000000` });
    expect(await listInvitations(await reader(), filter)).toEqual({ rows: [], newer: null, older: null });
  },
);

test('a null character in an address finds nothing', async () => {
  const can = await reader();
  await expect(getRole(can, 'system-admin\0')).rejects.toMatchObject({ code: 'not_found' });
  await expect(getOrganization(can, 'acme\0')).rejects.toMatchObject({ code: 'not_found' });
});
