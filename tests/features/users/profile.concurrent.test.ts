import { testDatabase } from '@tests/support/database';
import { canAs, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { getUser } from '@/features/users/details.queries';
import { valuesOf } from '@/features/users/profile.queries';
import { updateUserSchema } from '@/features/users/profile.schema';
import { updateUser } from '@/features/users/profile.service';
import type { Work } from '@/server/work';
import { accept, invite, tokenOf } from '../invitations/invitations.support';
import { addressOf, changes } from './email-change/email-change.support';

const { db } = await testDatabase();

async function open(actorId: string, id: string) {
  return valuesOf(await getUser(await canAs<'users.read'>(db, actorId), id));
}

function save(actorId: string, form: Record<string, string>, typed: Record<string, string>) {
  const input = updateUserSchema.parse({ ...form, ...typed });
  return workAs(db, actorId, (work: Work<'users.update'>) => updateUser(work, input));
}

test('a name that somebody entered when accepting is shown as a conflict, not overwritten', async () => {
  const ada = await makeUser(db, { firstName: 'Ada', roles: ['system-admin'] });
  const house = await makeOrganization(db);
  const invitation = await invite(db, ada.id, { organizationId: house.id, firstName: 'Typo', lastName: 'Typed' });
  const form = await open(ada.id, invitation.userId);
  await accept(db, tokenOf(invitation), { firstName: 'Robin' });
  expect(await save(ada.id, form, { phone: '+442079460000' })).toMatchObject({
    kind: 'conflict',
    conflict: {
      changes: expect.arrayContaining([
        expect.objectContaining({ field: 'First name', after: 'Robin', by: 'The person themselves' }),
      ]),
    },
    values: { firstName: 'Robin', phone: '+442079460000' },
  });
  expect(await db.user.findUniqueOrThrow({ where: { id: invitation.userId } })).toMatchObject({
    firstName: 'Robin',
    phone: null,
  });
});

test('a conflict names the owner who confirmed a new address by its link', async () => {
  const { request, confirm, token } = changes(db);
  const ada = await makeUser(db, { firstName: 'Ada', lastName: 'Admin', roles: ['system-admin'] });
  const person = await makeUser(db);
  const form = await open(ada.id, person.id);
  await request(ada.id, person.id, addressOf('confirmed@example.com'));
  await confirm(await token(person.id));
  const { at } = await db.auditEvent.findFirstOrThrow({ where: { action: 'user.email_changed' } });
  expect(await save(ada.id, form, { firstName: 'New' })).toMatchObject({
    conflict: {
      changes: [{ field: 'Email', after: 'confirmed@example.com', by: 'The person themselves', at: at.toISOString() }],
    },
  });
});
