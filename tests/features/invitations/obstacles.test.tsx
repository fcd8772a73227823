import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, workAs } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DidNotArrive } from '@/features/invitations/components/did-not-arrive';
import { NeedsConfirmation } from '@/features/invitations/components/needs-confirmation';
import type { InvitationDetail } from '@/features/invitations/details.queries';
import { findObstacles, type Obstacles } from '@/features/invitations/obstacles.queries';
import { resendInvitation } from '@/features/invitations/resend.service';
import { accept, invite, tokenOf } from './invitations.support';

const { db, owner } = await testDatabase();
const found = async (readerId: string, id: string) => findObstacles(await canAs<'users.invite'>(db, readerId), id);

async function world() {
  const organization = await makeOrganization(db);
  const sender = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  const given = { organizationId: organization.id, roles: ['viewer'] };
  const admin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  return { sender, admin, invitation: await invite(db, sender.id, given) };
}

test('a page shows that an invitation was resent too often or that a newer one is open', async () => {
  const { admin, invitation } = await world();
  expect(await found(admin.id, invitation.id)).toEqual({ resend: null, confirm: 'not_held', cancel: null });
  for (let n = 0; n < 5; n += 1)
    await workAs<'users.invite', void>(db, admin.id, (work) => resendInvitation(work, invitation.id));
  expect(await found(admin.id, invitation.id)).toMatchObject({ resend: 'too_often' });
  await db.invitation.update({ where: { id: invitation.id }, data: { state: 'expired' } });
  await invite(db, admin.id, { organizationId: invitation.organizationId });
  expect(await found(admin.id, invitation.id)).toMatchObject({ resend: 'newer_open' });
});

test('only an admin who may grant all of it may confirm an invitation, and outsiders learn nothing', async () => {
  const { sender, admin, invitation } = await world();
  await db.membershipRole.deleteMany({ where: { userId: sender.id } });
  expect(await accept(db, tokenOf(invitation))).toMatchObject({ kind: 'on_hold' });
  expect(await found(admin.id, invitation.id)).toMatchObject({ confirm: null, resend: 'held' });
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  expect(await found(stranger.id, invitation.id)).toBeNull();
  await owner.query(
    `INSERT INTO invitation_role (invitation_id, role_id) SELECT $1, id FROM role WHERE key = 'system-admin'`,
    [invitation.id],
  );
  expect(await found(admin.id, invitation.id)).toMatchObject({ confirm: 'not_granted' });
});

const none: Obstacles = { resend: null, confirm: null, cancel: null };

test('an action that is not possible is disabled and shows the reason', () => {
  const notice = (obstacles: Obstacles | null) =>
    renderToStaticMarkup(<NeedsConfirmation id="x" obstacles={obstacles} quota={null} />);
  expect(notice(none)).toMatch(/<button type="submit"/);
  const refused = notice({ ...none, confirm: 'not_granted' });
  expect(refused).toMatch(/disabled="".*An admin who has that access can confirm it\./);
  expect(refused).not.toContain('<form');
  expect(notice(null)).not.toContain('<button');
  const panel = (obstacles: Obstacles | null, quota: string | null = null) =>
    renderToStaticMarkup(
      <DidNotArrive
        invitation={{ id: 'x', email: 'ada@acme.com', onHoldSince: null } as InvitationDetail}
        mail={null}
        readsLog={false}
        service={null}
        obstacles={obstacles}
        quota={quota}
        timeZone="UTC"
        now={new Date()}
      />,
    );
  expect(panel(none)).toMatch(/<button type="submit"/);
  expect(panel({ ...none, resend: 'too_often' })).toMatch(/disabled="".*resent 5 times today/);
  expect(panel(none, 'Try again at 14:00.')).toMatch(/disabled="".*Try again at 14:00\./);
  expect(panel({ ...none, resend: 'too_often' }, 'Try again at 14:00.')).not.toContain('14:00');
  expect(panel(null)).not.toContain('<button');
});
