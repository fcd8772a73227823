import { roleId } from '@tests/support/factories';
import { invitationLink } from '@/features/invitations/send.schema';
import { emailChangeLink } from '@/features/users/email-change/request.schema';
import { newId } from '@/lib/ids';
import { insertAudit } from '@/server/audit';
import { linkHash } from '@/server/auth/links';
import type { Db } from '@/server/db/client';
import { hoursAgo } from './clock';
import type { House } from './house';
import { join, type NewPerson } from './people';

type Filled = { people: NewPerson[]; groupIds: string[] };

/** Invitations, mails, changes of address and audit events of an organization. */
export async function makeTraces(db: Db, house: House, { people, groupIds }: Filled) {
  const invitation = await makeInvitations(db, house, groupIds);
  return {
    invitation,
    email: await makeEmails(db, house, people, invitation),
    'audit event': await makeEvents(db, house, people, invitation, groupIds),
  };
}

const states = ['open', 'open', 'accepted', 'expired', 'cancelled', 'open'] as const;
const deliveries = ['sent', 'bounced', 'opened', 'sent', 'failed', 'queued'] as const;

/** To the same addresses in each organization, so that one person waits for invitations of several. */
const invitedAddress = (n: number) => `invited-${n}@shared.example`;

async function makeInvitations(db: Db, house: House, groupIds: string[]): Promise<string[]> {
  const granted = await grantedInInvitations(db, groupIds);
  const ids: string[] = [];
  const accepted: string[] = [];
  const senders = [house.admin, ...house.overlapping.map(({ id }) => id)];
  for (let n = 0; n < 30; n += 1) {
    const state = states[(n + house.shift) % states.length] ?? 'open';
    const email = invitedAddress(n);
    const userId = await inviteeOf(db, house, email, state === 'accepted');
    if (state === 'accepted') accepted.push(userId);
    const id = newId();
    const isOver = state !== 'open';
    await db.invitation.create({
      data: {
        id,
        userId,
        organizationId: house.id,
        senderId: senders[n % senders.length] ?? house.admin,
        state,
        delivery: deliveries[n % deliveries.length] ?? 'sent',
        tokenHash: linkHash(invitationLink, id, 1),
        email,
        firstName: 'Invited',
        lastName: 'Guest',
        message: 'Welcome',
        onHoldSince: state === 'open' && n % 5 === 0 ? hoursAgo(3) : null,
        createdAt: hoursAgo(5 * n + house.offset),
        sentAt: hoursAgo(5 * n + house.offset - 1),
        expiresAt: hoursAgo(state === 'expired' ? 2 : -48),
        endedAt: isOver ? hoursAgo(2) : null,
      },
    });
    await db.invitationRole.createMany({
      data: granted.roleIds.slice(0, (n % 2) + 1).map((roleId) => ({ invitationId: id, roleId })),
    });
    await db.invitationGroup.createMany({ data: granted.groupIds.map((groupId) => ({ invitationId: id, groupId })) });
    ids.push(id);
  }
  await join(db, house.id, accepted, ['member']);
  return ids;
}

async function grantedInInvitations(db: Db, groupIds: string[]) {
  return { roleIds: [await roleId(db, 'member'), await roleId(db, 'viewer')], groupIds: groupIds.slice(0, 1) };
}

/** Accepting with another organization's link gives the account a status and a name that the first may not see. */
async function inviteeOf(db: Db, { tag }: House, email: string, isAccepted: boolean): Promise<string> {
  const known = await db.user.findUnique({ where: { email } });
  const id = known?.id ?? newId();
  if (!known) await db.user.create({ data: { id, email, firstName: 'Invited', lastName: 'Guest', status: 'invited' } });
  if (isAccepted) {
    const data = { status: 'active' as const, lastName: `Joiner ${tag}`, activatedAt: hoursAgo(2) };
    await db.user.update({ where: { id }, data });
  }
  return id;
}

const mailStates = ['sent', 'failed', 'pending', 'unknown', 'unsent'] as const;

async function makeEmails(db: Db, house: House, people: NewPerson[], invitations: string[]): Promise<string[]> {
  const receivers = [...house.overlapping, ...people.slice(0, 8)];
  const rows = receivers.map(({ id: userId, email }, n) => {
    const id = newId();
    const state = mailStates[n % mailStates.length] ?? 'sent';
    const about = n % 2 === 0 ? { subjectType: 'invitation', subjectId: invitations[n] ?? null } : { userId };
    return {
      id,
      template: n % 2 === 0 ? 'invitation' : 'password-changed',
      params:
        n % 2 === 0
          ? {
              invitationId: invitations[n] ?? '',
              version: 1,
              senderName: 'Ada Larkin',
              organizationName: 'Harbour House',
              roles: [],
              message: '',
              expiresAt: hoursAgo(-48).toISOString(),
            }
          : { at: '2026-03-01 00:00 UTC', how: 'account' },
      toAddress: email,
      toName: 'Somebody',
      organizationId: house.id,
      ...about,
      dedupeKey: id,
      messageId: `<${id}@shared.example>`,
      state,
      lastError: state === 'failed' ? '550 mailbox unavailable' : null,
      createdAt: hoursAgo(3 * n + house.offset / 8),
      sentAt: state === 'sent' ? hoursAgo(3 * n) : null,
      // As the worker leaves it: when a finished email finished.
      nextAttemptAt: state === 'pending' ? hoursAgo(-1) : hoursAgo(3 * n),
    };
  });
  await db.email.createMany({ data: rows });
  const [moving] = people.filter(({ status }) => status === 'active');
  if (moving) {
    const id = newId();
    await db.emailChange.create({
      data: {
        id,
        userId: moving.id,
        requestedBy: house.admin,
        email: `new-${moving.email}`,
        previous: moving.email,
        tokenHash: linkHash(emailChangeLink, id, 1),
        expiresAt: hoursAgo(-20),
      },
    });
  }
  return rows.map(({ id }) => id);
}

async function makeEvents(
  db: Db,
  house: House,
  people: NewPerson[],
  invitations: string[],
  groupIds: string[],
): Promise<string[]> {
  const subjects = [...house.overlapping, ...people.slice(0, 6)];
  const actors = [house.admin, ...house.overlapping.map(({ id }) => id)];
  const ids: string[] = [];
  for (const [n, { id, email }] of subjects.entries()) {
    const actor = { kind: 'user' as const, id: actors[n % actors.length] ?? house.admin };
    const organizationId = house.id;
    const about = { personId: id, organizationId };
    await insertAudit(db, { actor, requestId: null, ip: '192.0.2.7' }, [
      { action: 'user.updated', subject: { type: 'user', id }, ...about, after: { email, phone: '+442079460000' } },
      { action: 'group.joined', subject: { type: 'user', id }, ...about, after: { groups: groupIds } },
      {
        action: 'invitation.created',
        subject: { type: 'invitation', id: invitations[n] ?? id },
        ...about,
        after: { email, roles: [], groups: groupIds },
      },
    ]);
    const [last] = await db.auditEvent.findMany({ orderBy: { seq: 'desc' }, take: 1 });
    if (last) ids.push(last.id);
  }
  return ids;
}
