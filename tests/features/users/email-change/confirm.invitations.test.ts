import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { resendInvitation } from '@/features/invitations/resend.service';
import { writesOn } from '@/server/db/statements';
import type { Work } from '@/server/work';
import { invite, tokenOf } from '../../invitations/invitations.support';
import { changes } from './email-change.support';

const { db } = await testDatabase();

test('an invitation to the old address expires, so that the new address can be invited', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const robin = await makeUser(db, { email: 'robin.old@example.com' });
  const other = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId: other.id, roles: ['org-admin'] });
  const sent = await invite(db, orgAdmin.id, { email: robin.email, organizationId: other.id });
  await changes(db).now(ada.id, robin.id, 'robin.new@example.com');

  expect(await findByToken(writesOn(db), tokenOf(sent))).toBeNull();
  const after = await db.invitation.findUniqueOrThrow({ where: { id: sent.id } });
  expect(after).toMatchObject({ state: 'expired', onHoldSince: null });
  const event = await db.auditEvent.findFirstOrThrow({ where: { action: 'invitation.expired' } });
  expect(event).toMatchObject({ subjectId: sent.id, organizationId: other.id });
  // The inviting organization must not learn of a change made elsewhere.
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event.id } });
  expect(JSON.stringify(detail.body)).not.toContain('robin');

  // Resent to an address that nobody has any more, it does not block the new address either.
  await workAs(db, orgAdmin.id, (work: Work<'users.invite'>) => resendInvitation(work, sent.id));
  const again = await invite(db, orgAdmin.id, { email: 'robin.new@example.com', organizationId: other.id });
  expect(again).toMatchObject({ userId: robin.id, state: 'open' });
  expect(await findByToken(writesOn(db), tokenOf(again))).toMatchObject({ userId: robin.id, isKnown: true });
});
