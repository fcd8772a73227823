import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Reader } from '@/features/users/components/reader';
import { invitationRef, userMenu } from '@/features/users/components/user-menu';
import { UserProfile } from '@/features/users/components/user-profile';
import { getUser } from '@/features/users/details.queries';
import type { UserRow } from '@/features/users/list-row-columns.queries';
import { countSessions } from '@/features/users/sessions.queries';
import { newId } from '@/lib/ids';

const { db } = await testDatabase();

type Given = { organizationId?: string | null; state?: 'open' | 'expired' | 'accepted' | 'cancelled'; email?: string };

/** An invitation of this person, created this many days ago. */
async function invited(user: { id: string; email: string }, daysAgo: number, given: Given = {}) {
  const id = newId();
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  await db.invitation.create({
    data: {
      ...{
        id,
        userId: user.id,
        email: user.email,
        createdAt: at(-daysAgo),
        expiresAt: at(7 - daysAgo),
        delivery: 'sent',
      },
      tokenHash: new Uint8Array(Buffer.from(newId())),
      ...given,
    },
  });
  return id;
}

type Props = Parameters<typeof UserProfile>[0];

function profile(user: Props['user'], given: Partial<Props> = {}): string {
  const props: Props = {
    user,
    timeZone: 'UTC',
    seesOrganizations: false,
    seesInvitations: false,
    mayInvite: false,
    pending: null,
    emailHref: null,
    lock: null,
    unlocking: null,
    ...given,
  };
  return renderToStaticMarkup(<UserProfile {...props} />);
}

async function shown(readerId: string, userId: string) {
  const user = await getUser(await canAs(db, readerId), userId);
  return { user, ids: user.invitations.map(({ id }) => id) };
}

test('an expired invitation is on the person’s page, to resend it from there', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const person = await makeUser(db, { status: 'invited' });
  await invited(person, 20, { state: 'expired' });
  const expired = await invited(person, 9, { state: 'expired' });
  const newlyExpired = await invited(person, 8, { organizationId: (await makeOrganization(db)).id });
  await invited(person, 3, { state: 'cancelled' });
  const { user, ids } = await shown(admin.id, person.id);
  expect(ids).toEqual([expired, newlyExpired]);
  expect(user.invitations.map(({ isExpired }) => isExpired)).toEqual([true, true]);
  const page = profile(user, { seesInvitations: true });
  expect(page).toContain(`href="/invitations/${expired}"`);
  expect(page).toContain('expired');
});

test('an expired invitation is not shown after a later one, a membership or a change of address', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const replaced = await makeUser(db, { status: 'invited' });
  await invited(replaced, 9, { state: 'expired' });
  const open = await invited(replaced, 1);
  expect((await shown(admin.id, replaced.id)).ids).toEqual([open]);
  const member = await makeMember(db);
  await invited(member, 9, { state: 'expired', organizationId: member.organizationId });
  expect((await shown(admin.id, member.id)).ids).toEqual([]);
  const moved = await makeUser(db, { status: 'invited' });
  await invited(moved, 9, { state: 'expired', email: 'before@example.com' });
  expect((await shown(admin.id, moved.id)).ids).toEqual([]);
});

test('an org admin sees no invitation of another organization', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const person = await makeMember(db, { organizationId: admin.organizationId });
  await invited(person, 9, { state: 'expired', organizationId: (await makeOrganization(db)).id });
  await invited(person, 9, { state: 'expired' });
  expect((await shown(admin.id, person.id)).ids).toEqual([]);
});

test('the menu of an invited person resends or cancels their one invitation, or leads to several', () => {
  const id = newId();
  const invited = { id: newId(), email: 'a+b@example.com', status: 'invited', firstName: 'A', lastName: 'B' };
  const reader = { id: newId(), seesInvitations: true } as Reader;
  const menuOf = (invitations: UserRow['invitations']) => {
    const user = { ...invited, href: '/users/x', invitations } as UserRow;
    return [userMenu(user, reader), invitationRef(user)];
  };
  expect(menuOf([{ id, isOnHold: false }])).toEqual([['view', 'resend', 'cancel'], id]);
  expect(menuOf([{ id, isOnHold: true }])).toEqual([['view', 'confirm', 'cancel'], id]);
  const several = [
    { id, isOnHold: false },
    { id: newId(), isOnHold: false },
  ];
  expect(menuOf(several)).toEqual([['view', 'invitations'], 'a+b@example.com']);
});

test('the page of a person shows their last activity by the minute, from their latest session', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const person = await makeUser(db);
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  await db.user.update({ where: { id: person.id }, data: { lastActivityAt: minutesAgo(50) } });
  for (const minutes of [5, 40]) {
    const tokenHash = new Uint8Array(Buffer.from(newId()));
    const expiresAt = minutesAgo(-60);
    await db.session.create({
      data: { id: newId(), tokenHash, userId: person.id, expiresAt, lastSeenAt: minutesAgo(minutes) },
    });
  }
  const { user } = await shown(admin.id, person.id);
  expect(profile(user)).toContain('5 minutes ago');
});

test('a locked account does not claim that its owner can sign in', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const { user } = await shown(admin.id, (await makeUser(db)).id);
  expect(profile(user)).toContain('Can sign in.');
  const lock = { until: new Date(), failures: 5 };
  const locked = profile(user, { lock });
  expect(locked).not.toContain('Can sign in.');
  expect(locked).toContain('except on a known device');
});

test('open sessions are counted for readers who manage the whole account, and for nobody else', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const person = await makeMember(db);
  const mine = await makeMember(db, { organizationId: person.organizationId, roles: ['org-admin'] });
  const hour = 3_600_000;
  for (const [lastSeen, ended] of [
    [0, null],
    [0.5, null],
    [2, null],
    [0, new Date()],
  ] as const) {
    await db.session.create({
      data: {
        id: newId(),
        userId: person.id,
        tokenHash: new Uint8Array(Buffer.from(newId())),
        lastSeenAt: new Date(Date.now() - lastSeen * hour),
        expiresAt: new Date(Date.now() + hour),
        endedAt: ended,
      },
    });
  }
  const counted = async (readerId: string) => {
    const can = await canAs<'users.read'>(db, readerId);
    return countSessions(can, await getUser(can, person.id));
  };
  expect(await counted(admin.id)).toBe(2);
  expect(await counted(mine.id)).toBe(2);
  await makeMember(db, { userId: person.id });
  expect(await counted(mine.id)).toBeNull();
});
