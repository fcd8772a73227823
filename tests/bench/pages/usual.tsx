import { connection } from 'next/server';
import { db } from '@/server/db/shared';
import { PeoplePage } from './frame';
import { savedList } from './saved-list';

type Props = { searchParams: Promise<{ skip?: string; q?: string }> };

/**
 * The same page as it is usually written: a count of all matches, OFFSET for the position, and a `contains` search over
 * columns without their own index. It gets filters and figures for free and needs no session.
 */
export default async function UsualPage({ searchParams }: Props) {
  await connection();
  const { skip = '0', q } = await searchParams;
  if (!savedList) return null;
  const contains = { contains: q ?? '', mode: 'insensitive' as const };
  const where = {
    status: { not: 'archived' as const },
    ...(q && { OR: [{ firstName: contains }, { lastName: contains }, { email: contains }] }),
  };
  const [count, people] = await Promise.all([
    db().user.count({ where }),
    db().user.findMany({
      where,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      skip: Number(skip),
      take: 50,
      include: {
        roles: { include: { role: true } },
        memberships: { include: { organization: true, roles: { include: { role: true } } } },
      },
    }),
  ]);
  const rows = people.map(({ roles, memberships, ...person }) => ({
    ...person,
    isEndedByPlatform: false,
    isInvitation: false,
    href: `/users/${person.id}`,
    pendingRoles: [],
    pendingOrganizations: [],
    invitations: [],
    roles: [...roles, ...memberships.flatMap((each) => each.roles)].map(({ role }) => role.name),
    organizations: memberships.map(({ organization }) => organization.name),
  }));
  const list = { ...savedList, rows, count, isFiltered: q !== undefined };
  return <PeoplePage list={list} params={{ size: '50', ...(q && { q }) }} />;
}
