import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { InvitationFacts } from '@/features/invitations/components/invitation-facts';
import { InvitationTable } from '@/features/invitations/components/invitation-table';
import { getInvitation } from '@/features/invitations/details.queries';
import { listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
import { quotaObstacle } from '@/features/invitations/quota.queries';
import { invite } from './invitations.support';

const { db, owner } = await testDatabase();
const setClock = withQuota(owner, 1, '2026-12-01T10:20:00Z');

const now = new Date('2026-12-01T10:20:00Z');
const textOf = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

async function world() {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  const sent = await invite(db, admin.id, { organizationId, email: 'sent@example.com' });
  const waiting = await invite(db, admin.id, { organizationId, email: 'waiting@example.com' });
  return { admin, organizationId, sent, waiting };
}

test('the list and the page of an invitation that waits say when its email leaves', async () => {
  const { admin, sent, waiting } = await world();
  const can = await canAs<'invitations.read'>(db, admin.id);
  const { rows } = await listInvitations(can, invitationFilterSchema.parse({}));
  const leaves = new Map(rows.map(({ id, leavesAt }) => [id, leavesAt]));
  expect(leaves).toEqual(
    new Map([
      [waiting.id, new Date('2026-12-01T11:00:00Z')],
      [sent.id, null],
    ]),
  );
  const list = (
    <InvitationTable
      rows={rows}
      address={{ path: '/invitations', params: {} }}
      timeZone="Europe/Berlin"
      now={now}
      withOrganization={false}
      mayAct={false}
      returnTo="/invitations"
      selectionId="x"
      empty={null}
    />
  );
  expect(textOf(renderToStaticMarkup(list)).match(/Leaves at \d\d:\d\d/g)).toEqual(['Leaves at 12:00']);
  const page = renderToStaticMarkup(
    <InvitationFacts invitation={await getInvitation(can, waiting.id)} timeZone="UTC" now={now} />,
  );
  expect(textOf(page)).toContain('Leaves at 11:00');
  expect(textOf(page)).toContain('7 days after the email leaves');
  await setClock('2026-12-01T11:00:00Z');
  expect((await getInvitation(can, waiting.id)).leavesAt).toBeNull();
});

test('the button to resend says until when the quota is used up, to those whom it limits', async () => {
  const { admin, organizationId } = await world();
  const root = await makeUser(db, { roles: ['system-admin'] });
  const obstacle = async (userId: string) => quotaObstacle(await canAs<'users.invite'>(db, userId), organizationId);
  expect(await obstacle(admin.id)).toBe('This organization has used up its emails for now. Try again at 12:00.');
  expect(await obstacle(root.id)).toBeNull();
  await setClock('2026-12-01T12:00:00Z');
  expect(await obstacle(admin.id)).toBeNull();
});
