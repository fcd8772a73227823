import { testDatabase } from '@tests/support/database';
import { makeMember, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { noticeOfRefusal } from '@/features/invitations/refusal.policy';
import { resendInvitation } from '@/features/invitations/resend.service';
import { newId } from '@/lib/ids';
import { invitationLimits } from '@/lib/limits';
import { Fail, type FailCode } from '@/server/fail';
import type { Work } from '@/server/work';
import { invite } from './invitations.support';

const { db } = await testDatabase();

type Deed = (work: Work<'users.invite'>, id: string) => Promise<void>;

async function noticeOf(senderId: string, deed: Deed, id: string): Promise<string | null> {
  try {
    await workAs<'users.invite', void>(db, senderId, (work) => deed(work, id));
    return 'done';
  } catch (error) {
    if (error instanceof Fail) return noticeOfRefusal(error);
    throw error;
  }
}

test('each reason against resending or cancelling has a notice of its own', async () => {
  const lead = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = lead;
  const open = await invite(db, lead.id, { organizationId, email: 'open@acme.example' });
  const resent = () => noticeOf(lead.id, resendInvitation, open.id);
  const held = await invite(db, lead.id, { organizationId, email: 'held@acme.example' });
  await db.invitation.update({ where: { id: held.id }, data: { onHoldSince: new Date() } });
  expect(await noticeOf(lead.id, resendInvitation, held.id)).toBe('invitation.on-hold');
  expect(await noticeOf(lead.id, cancelInvitation, held.id)).toBe('done');
  expect(await noticeOf(lead.id, cancelInvitation, held.id)).toBe('invitation.not-open');
  expect(await noticeOf(lead.id, resendInvitation, newId())).toBe('invitation.unknown');
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  expect(await noticeOf(stranger.id, cancelInvitation, open.id)).toBe('invitation.unknown');

  const before = await db.invitation.findUniqueOrThrow({ where: { id: open.id } });
  await db.invitation.update({ where: { id: open.id }, data: { state: 'expired' } });
  await invite(db, lead.id, { organizationId, email: 'open@acme.example' });
  expect(await resent()).toBe('invitation.replaced');
  await db.invitation.deleteMany({ where: { userId: open.userId, id: { not: open.id } } });
  for (let n = 0; n < invitationLimits.resendsPerDay; n += 1) expect(await resent()).toBe('done');
  expect(await resent()).toBe('invitation.resent-too-often');
  const after = await db.invitation.findUniqueOrThrow({ where: { id: open.id } });
  expect(after.version).toBe(before.version + invitationLimits.resendsPerDay);
});

test.each<[FailCode, string | null]>([
  ['too_many', 'invitation.over-quota'],
  ['not_allowed', 'invitation.not-allowed'],
  ['origin', null],
  ['input', null],
])('%s becomes the notice %s', (code, notice) => {
  expect(noticeOfRefusal(new Fail(code))).toBe(notice);
});
