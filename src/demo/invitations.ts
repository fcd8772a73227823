import { inviteUser } from '@/features/invitations/send.service';
import { db } from '@/server/db/shared';
import { unitAs } from '@/server/operator';
import { demoAddress, demoName } from './people';

/** Open invitations, sent as a person would send them, so that their mails are in the mailbox after the first start. */
export async function makeDemoInvitations() {
  const ada = await db().user.findUniqueOrThrow({ where: { email: 'ada@rollcall.example' }, select: { id: true } });
  const acme = await db().organization.findUniqueOrThrow({ where: { slug: 'acme' }, select: { id: true } });
  const member = await db().role.findUniqueOrThrow({ where: { key: 'member' }, select: { id: true } });
  for (let n = 900; n < 912; n += 1) {
    const organizationId = n % 2 === 0 ? acme.id : null;
    const input = { email: demoAddress(n, 'newcomers.example'), ...demoName(n), organizationId, roleIds: [member.id] };
    await unitAs('prepare', ada.id, 'users.invite', (work) =>
      inviteUser(work, { ...input, groupIds: [], message: 'Welcome to the demo.' }),
    );
  }
}
