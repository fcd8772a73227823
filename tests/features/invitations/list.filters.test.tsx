import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { wordsOf } from '@tests/support/render';
import { expect, test } from 'vitest';
import { InvitationListEmpty } from '@/features/invitations/components/invitation-list-empty';
import { listFilters, tabsFor } from '@/features/invitations/components/list-filters';
import { findSenderName, readableOrganizations } from '@/features/invitations/form-options.queries';
import { countByState } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
import { makeInvitations } from './bulk/bulk.support';

const { db, owner } = await testDatabase();
type Reads = 'invitations.read';

const filter = (given: Record<string, string> = {}) => invitationFilterSchema.parse(given);
const none = { open: 0, accepted: 0, expired: 0, cancelled: 0 };
const empty = (counts: Partial<typeof none> | null, given: Record<string, string> = {}) =>
  wordsOf(
    <InvitationListEmpty
      address={{ path: '/invitations', params: given }}
      filter={filter(given)}
      counts={counts && { ...none, ...counts }}
      invite="Invite somebody"
    />,
  );

test('the tabs count each state within the reader’s organizations and the chosen one', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeMember(db, { roles: ['org-admin'] });
  const platform = await makeUser(db, { roles: ['system-admin'] });
  const { organizationId } = admin;
  const [a = '', b = ''] = await makeInvitations(db, { count: 4, senderId: admin.id, organizationId });
  await makeInvitations(db, { count: 1, senderId: other.id, organizationId: other.organizationId, name: 'theirs' });
  await owner.query(`UPDATE invitation SET state = 'expired' WHERE id = ANY($1)`, [[a, b]]);
  const counted = async (id: string, organization?: string) =>
    countByState(await canAs<Reads>(db, id), { organization });
  expect(await counted(admin.id)).toEqual({ ...none, open: 2, expired: 2 });
  expect(await counted(other.id)).toEqual({ ...none, open: 1 });
  expect(await counted(other.id, organizationId)).toEqual(none);
  expect(await counted(platform.id)).toEqual({ ...none, open: 3, expired: 2 });
  expect(await counted(platform.id, other.organizationId)).toEqual({ ...none, open: 1 });
  const address = { path: '/invitations', params: { show: 'open', status: 'sent', age: 'long', q: 'x' } };
  expect(tabsFor(address, await counted(admin.id))[2]).toEqual({
    href: '/invitations?show=expired&q=x',
    label: 'Expired',
    count: '2',
  });
});

test('an empty list says what the other states contain', async () => {
  expect(await empty({})).toContain('Nobody has been invited yet');
  const expired = await empty({ expired: 50, accepted: 3 });
  expect(expired).toContain('50 invitations expired unanswered');
  expect(expired).toContain('See expired invitations');
  expect(await empty({ accepted: 3 })).toContain('Each was accepted or cancelled');
  expect(await empty({ open: 3 }, { show: 'expired' })).toContain('No invitation has expired');
  for (const [name, value] of Object.entries({ q: 'ada', age: 'long', status: 'sent' }))
    expect(await empty({ open: 3 }, { [name]: value })).toContain('Remove a filter');
  expect(await empty({ open: 3 }, { q: 'ada' })).toContain('Clear search');
  expect(await empty({ open: 3 }, { after: 'somewhere' })).toContain('Go to the first page');
});

test('the organization filter finds organizations beyond the first hundred by name', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const rows = Array.from({ length: 101 }, (_, n) => ({ name: `Aa ${n}`, slug: `aa-${n}` }));
  for (const row of rows) await makeOrganization(db, row);
  const late = await makeOrganization(db, { name: 'Zürich Süd', slug: 'zs' });
  const inactive = await makeOrganization(db, { name: 'Zz', slug: 'zz', status: 'inactive' });
  const can = await canAs<Reads>(db, admin.id);
  const names = (found: Awaited<ReturnType<typeof readableOrganizations>>) => found.organizations.map((o) => o.name);
  const all = await readableOrganizations(can, undefined, '');
  expect(names(all)).toHaveLength(100);
  expect(await readableOrganizations(can, late.id, null)).toMatchObject({
    organizations: [{ id: late.id, name: 'Zürich Süd' }],
    hasSeveral: true,
  });
  expect(names(await readableOrganizations(can, undefined, ' ZURICH '))).toEqual(['Zürich Süd']);
  expect(names(await readableOrganizations(can, inactive.id, 'zurich'))).toEqual(['Zürich Süd', 'Zz']);
  const own = await makeMember(db, { roles: ['org-admin'] });
  const inside = await canAs<Reads>(db, own.id);
  expect((await readableOrganizations(inside, late.id, 'zurich')).organizations).toEqual([]);
  const chip = (choices: Awaited<ReturnType<typeof readableOrganizations>>) =>
    listFilters({ filter: filter(), choices, actorId: own.id, senderName: null }).find(
      (f) => f.name === 'organization',
    );
  expect(chip(all)).toMatchObject({ find: 'findOrganization' });
  expect(chip(await readableOrganizations(inside, undefined, null))).toBeUndefined();
});

test('the sender filter shows a name, unless the sender is outside the reader’s view', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const colleague = await makeMember(db, { organizationId: admin.organizationId, firstName: 'Grace', lastName: 'H' });
  const stranger = await makeMember(db, { firstName: 'Eve', lastName: 'X' });
  const can = await canAs<Reads>(db, admin.id);
  expect(await findSenderName(can, colleague.id)).toBe('Grace H');
  expect(await findSenderName(can, stranger.id)).toBeNull();
});
