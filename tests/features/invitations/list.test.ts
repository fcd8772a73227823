import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { getInvitation } from '@/features/invitations/details.queries';
import { inviteChoices } from '@/features/invitations/form-options.queries';
import { countByState, countInvitations, listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
import type { Delivery, InvitationState } from '@/server/db/generated/enums';
import { invite } from './invitations.support';

const { db, owner } = await testDatabase();

type Reads = 'invitations.read' | 'users.invite';

async function world() {
  const ada = await makeUser(db, { firstName: 'Ada', lastName: 'Lovelace', roles: ['system-admin'] });
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeMember(db, { roles: ['org-admin'] });
  const rows: { id: string; email: string }[] = [];
  for (let n = 0; n < 7; n += 1) {
    rows.push(await invite(db, admin.id, { email: `p${n}@acme.example`, organizationId: admin.organizationId }));
  }
  const foreign = await invite(db, other.id, { email: 'zoe@other.example', organizationId: other.organizationId });
  const platform = await invite(db, ada.id, { email: 'plat@example.com', firstName: 'Béatrice', roles: ['auditor'] });
  return { ada, admin, other, rows, foreign, platform };
}

const filter = (given: Record<string, unknown> = {}) => invitationFilterSchema.parse(given);
const emails = (page: { rows: { email: string }[] }) => page.rows.map((row) => row.email);

test('a reader sees only invitations of their own organizations, also by search, count and id', async () => {
  const { ada, admin, foreign, platform } = await world();
  const can = await canAs<Reads>(db, admin.id);
  expect(emails(await listInvitations(can, filter()))).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `p${n}@acme.example`));
  expect(await countInvitations(can, filter())).toBe(7);
  for (const q of ['zoe', 'zo', 'other', 'beatrice', 'plat']) {
    expect((await listInvitations(can, filter({ q, show: 'all' }))).rows).toEqual([]);
    expect(await countInvitations(can, filter({ q, show: 'all' }))).toBe(0);
  }
  for (const { id } of [foreign, platform])
    await expect(getInvitation(can, id)).rejects.toMatchObject({ code: 'not_found' });
  for (const id of ['x', "' OR 1=1", ''])
    await expect(getInvitation(can, id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await countByState(can, {})).toEqual({ open: 7, accepted: 0, expired: 0, cancelled: 0 });

  const all = await canAs<Reads>(db, ada.id);
  expect(await countInvitations(all, filter())).toBe(9);
  expect(emails(await listInvitations(all, filter({ q: 'beatrice' })))).toEqual(['plat@example.com']);
  expect(emails(await listInvitations(all, filter({ q: 'zo' })))).toEqual(['zoe@other.example']);
  expect(await getInvitation(all, platform.id)).toMatchObject({ roles: ['Auditor'], senderName: 'Ada Lovelace' });
});

test('paging loses no row in either direction', async () => {
  const { admin, rows } = await world();
  await owner.query(`UPDATE invitation SET created_at = '2026-01-01T00:00:00Z' WHERE email LIKE 'p%'`);
  const can = await canAs<Reads>(db, admin.id);
  const size = { ...filter(), size: 3 };
  const first = await listInvitations(can, size);
  const second = await listInvitations(can, { ...size, ...pick(filter({ after: first.older }), 'after') });
  const third = await listInvitations(can, { ...size, ...pick(filter({ after: second.older }), 'after') });
  expect(first.newer).toBeNull();
  expect(third.older).toBeNull();
  expect([...emails(first), ...emails(second), ...emails(third)].sort()).toEqual(rows.map((row) => row.email).sort());
  const back = await listInvitations(can, { ...size, ...pick(filter({ before: third.newer }), 'before') });
  expect(emails(back)).toEqual(emails(second));
});

test.each<[string, { state?: InvitationState; delivery?: Delivery; onHoldSince?: Date }]>([
  ['sent', { delivery: 'sent' }],
  ['opened', { delivery: 'opened' }],
  ['failed', { delivery: 'failed' }],
  ['bounced', { delivery: 'bounced' }],
  ['held', { onHoldSince: new Date() }],
  ['accepted', { state: 'accepted' }],
  ['expired', { state: 'expired' }],
  ['cancelled', { state: 'cancelled' }],
])('the filter %s finds its invitations', async (status, data) => {
  const { admin, rows } = await world();
  const [row] = rows;
  await db.invitation.update({ where: { id: row?.id ?? '' }, data });
  const can = await canAs<Reads>(db, admin.id);
  expect(emails(await listInvitations(can, filter({ show: 'all', status })))).toEqual([row?.email]);
});

test('wrong parameters in the list’s address are ignored', async () => {
  const { admin } = await world();
  const can = await canAs<Reads>(db, admin.id);
  const odd = filter({
    q: { not: '' },
    show: 'x',
    status: ['y'],
    organization: 'z',
    sender: {},
    after: '1~2',
    size: '9999',
  });
  expect((await listInvitations(can, odd)).rows).toHaveLength(7);
  expect((await listInvitations(can, filter({ q: '%_\\' }))).rows).toEqual([]);
});

test('a sender outside the reader’s view is not named', async () => {
  const { ada, admin } = await world();
  await invite(db, ada.id, { email: 'q@acme.example', organizationId: admin.organizationId });
  const can = await canAs<Reads>(db, admin.id);
  const { rows } = await listInvitations(can, filter({ q: 'q@acme' }));
  expect(rows).toMatchObject([{ senderName: null, senderId: null }]);
});

test('the form offers the roles and groups the actor may grant there', async () => {
  const { ada, admin } = await world();
  const other = await makeOrganization(db, { name: 'Other' });
  await makeGroup(db, { name: 'Theirs', organizationId: admin.organizationId, roles: ['viewer'] });
  await makeGroup(db, { name: 'Of the platform' });
  const org = await inviteChoices(await canAs<Reads>(db, admin.id), other.id);
  expect(org).toMatchObject({
    organization: { id: admin.organizationId },
    mayChoosePlatform: false,
    mayMakeGroup: true,
  });
  expect(org.organizations).toHaveLength(1);
  expect(org.roles.map((role) => role.key)).toContain('org-admin');
  expect(org.roles.map((role) => role.key)).not.toContain('system-admin');
  expect(org.groups.map((group) => group.name)).toEqual(['Theirs']);
  const all = await inviteChoices(await canAs<Reads>(db, ada.id), undefined);
  expect(all).toMatchObject({ organization: null, mayChoosePlatform: true });
  expect(all.roles.map((role) => role.key)).toContain('system-admin');
  expect(all.roles.map((role) => role.key)).not.toContain('caseworker');
});

function pick<T extends object, K extends keyof T>(from: T, key: K): Pick<T, K> {
  return { [key]: from[key] } as Pick<T, K>;
}
