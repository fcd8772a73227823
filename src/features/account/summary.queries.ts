import type { Can } from '@/server/work';

export type Account = {
  lastSignInAt: Date | null;
  platformRoles: string[];
  organizations: { name: string; isActive: boolean; roles: string[] }[];
};

/** The person's roles on the platform and in each organization, directly and through groups. */
export async function findOwnAccount(can: Can<'account.own'>): Promise<Account> {
  const { id } = can.actor;
  const [user, roles, memberships] = await Promise.all([
    can.db.user.findUniqueOrThrow({ where: { id }, select: { lastSignInAt: true } }),
    can.db.$queryRaw<{ organization_id: string | null; name: string }[]>`
      SELECT NULL::uuid AS organization_id, r.name FROM user_role ur JOIN role r ON r.id = ur.role_id WHERE ur.user_id = ${id}::uuid
      UNION
      SELECT g.organization_id, r.name FROM group_member gm JOIN "group" g ON g.id = gm.group_id
        JOIN group_role gr ON gr.group_id = g.id JOIN role r ON r.id = gr.role_id WHERE gm.user_id = ${id}::uuid
      UNION
      SELECT mr.organization_id, r.name FROM membership_role mr JOIN role r ON r.id = mr.role_id WHERE mr.user_id = ${id}::uuid
      ORDER BY name`,
    can.db.membership.findMany({
      where: { userId: id },
      select: { organization: { select: { id: true, name: true, status: true } } },
      orderBy: { organization: { nameKey: 'asc' } },
    }),
  ]);
  const namesIn = (organizationId: string | null) =>
    roles.filter((role) => role.organization_id === organizationId).map((role) => role.name);
  return {
    lastSignInAt: user.lastSignInAt,
    platformRoles: namesIn(null),
    organizations: memberships.map(({ organization }) => ({
      name: organization.name,
      isActive: organization.status === 'active',
      roles: namesIn(organization.id),
    })),
  };
}
