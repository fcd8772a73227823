import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { resolveFilter } from '@/features/users/filter.queries';
import { parseUserFilter } from '@/features/users/list.schema';
import { listFilterOptions } from '@/features/users/list-options.queries';
import { newId } from '@/lib/ids';
import type { SearchParams } from '@/lib/search-params';
import { onlyPlace, reachOf } from '@/server/scope';
import type { Can } from '@/server/work';

const { db } = await testDatabase();

/** The handle, and how many statements went through it. */
async function counted(userId: string): Promise<{ can: Can<'users.read'>; count(): number }> {
  const can = await canAs<'users.read'>(db, userId);
  let statements = 0;
  const read = (...args: Parameters<typeof can.read>) => {
    statements += 1;
    return can.read(...args);
  };
  return { can: { ...can, read: read as typeof can.read }, count: () => statements };
}

async function world() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const lead = await makeMember(db, { roles: ['org-admin'] });
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: lead.organizationId } });
  const group = await makeGroup(db, { organizationId: lead.organizationId, roles: ['author'] });
  const team = await db.team.create({ data: { id: newId(), organizationId: lead.organizationId, name: 'Choir' } });
  const other = await makeOrganization(db);
  const otherGroup = await makeGroup(db, { organizationId: other.id });
  return { admin, lead, slug, group, team, other, otherGroup };
}

test('a filter that names nothing is resolved without a statement', async () => {
  const { admin, lead } = await world();
  for (const { id } of [admin, lead]) {
    const { can, count } = await counted(id);
    await resolveFilter(can, parseUserFilter({ q: 'smith', status: 'active', dormant: '90' }, 25));
    expect(count()).toBe(0);
  }
});

test('names become ids, and what the reader cannot see matches nobody', async () => {
  const { admin, lead, slug, group, team, other, otherGroup } = await world();
  const as = async (userId: string, params: SearchParams) =>
    resolveFilter(await canAs<'users.read'>(db, userId), parseUserFilter(params, 25));
  const inOrganization = await as(admin.id, { organization: slug });
  expect(inOrganization.isNobody).toBe(false);
  expect(onlyPlace(inOrganization.inside, 'users.read')).toBe(lead.organizationId);
  expect(reachOf(inOrganization.can, 'users.read')).toBe('platform');
  const author = await db.role.findUniqueOrThrow({ where: { key: 'author' } });
  expect(await as(lead.id, { role: 'author', group: group.id, team: team.id })).toMatchObject({
    role: { id: author.id, groupIds: [group.id] },
    common: [false, false, false],
    isNobody: false,
  });
  for (const params of [
    { organization: other.slug },
    { group: otherGroup.id },
    { role: 'system-admin' },
    { team: newId() },
  ]) {
    expect(await as(lead.id, params), JSON.stringify(params)).toMatchObject({ isNobody: true });
  }
});

test('the page resolves its filter in the statement that finds its options', async () => {
  const { admin, lead, slug, group, team } = await world();
  for (const { id } of [admin, lead]) {
    for (const [params, most] of [
      [{}, 1],
      [{ organization: slug }, 1],
      [{ role: 'author', group: group.id, team: team.id, organization: slug }, 2],
    ] as const) {
      const { can, count } = await counted(id);
      const filter = parseUserFilter(params, 25);
      const { matching } = await listFilterOptions(can, filter);
      expect(count()).toBe(most);
      const resolved = await resolveFilter(can, filter);
      expect({ ...matching, inside: null }).toEqual({ ...resolved, inside: null });
      expect(onlyPlace(matching.inside, 'users.read')).toBe(onlyPlace(resolved.inside, 'users.read'));
    }
  }
});
