import { roleId } from '@tests/support/factories';
import { newId } from '@/lib/ids';
import type { Db } from '@/server/db/client';
import { hoursAgo } from './clock';

const firstNames = ['Ada', 'Bruno', 'Chipo', 'Dalia', 'Emeka', 'Freya', 'Goran', 'Hana', 'Ivo', 'Jun'];
const lastNames = ['Larkin', 'Moreau', 'Nilsen'];
const statuses = ['active', 'active', 'inactive', 'active', 'archived', 'active', 'active'] as const;
const roles = ['member', 'viewer', 'staff', 'author', 'caseworker'] as const;

export type NewPerson = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  status?: 'active' | 'invited' | 'inactive' | 'archived';
  hours?: number;
};

/** Thirty people. Every organization has the same names, in addresses of the same domain that differ by `tag`. */
export function namesakes(tag: string, offset: number): NewPerson[] {
  return lastNames.flatMap((lastName, row) =>
    firstNames.map((firstName, column) => {
      const n = row * firstNames.length + column;
      const email = `${firstName}.${lastName}.${tag}@shared.example`.toLowerCase();
      return { id: newId(), email, firstName, lastName, status: statuses[n % statuses.length], hours: n * 40 + offset };
    }),
  );
}

export async function insertPeople(db: Db, people: NewPerson[]) {
  await db.user.createMany({
    data: people.map(({ hours = 500, status = 'active', ...person }, n) => ({
      ...person,
      status,
      phone: `+4420794600${String(n % 100).padStart(2, '0')}`,
      createdAt: hoursAgo(hours + 1000),
      activatedAt: status === 'invited' ? null : hoursAgo(hours + 990),
      lastSignInAt: n % 4 === 0 ? null : hoursAgo(hours),
      lastActivityAt: n % 4 === 0 ? null : hoursAgo(hours),
      emailVerifiedAt: status === 'invited' || n % 5 === 1 ? null : hoursAgo(hours + 990),
      ...(status === 'inactive' && {
        suspendedAt: hoursAgo(9),
        suspendedReason: 'On leave',
        deactivatedBy: n % 2 === 0 ? ('organization' as const) : ('platform' as const),
      }),
      ...(status === 'archived' && {
        archivedAt: hoursAgo(8),
        archivedStatus: 'active' as const,
        archivedReason: 'Left',
        archivedBy: n % 2 === 0 ? ('organization' as const) : ('platform' as const),
      }),
    })),
  });
}

/** Makes them members, with roles in turn or with those given. */
export async function join(db: Db, organizationId: string, userIds: string[], given?: string[]) {
  await db.$executeRaw`
    INSERT INTO membership (user_id, organization_id, joined_at, email, sort_name, search, first_key, last_key, status,
                            created_at, last_sign_in_at, last_activity_at)
    SELECT id, ${organizationId}::uuid, ${hoursAgo(300)}, email, sort_name, search, first_key, last_key, status,
           created_at, last_sign_in_at, last_activity_at FROM "user" WHERE id = ANY(${userIds}::uuid[])`;
  const ids = new Map<string, string>();
  for (const key of new Set(given ?? roles)) ids.set(key, await roleId(db, key));
  const data = userIds.flatMap((userId, n) =>
    (given ?? [roles[n % roles.length] ?? 'member']).map((key) => ({
      userId,
      organizationId,
      roleId: ids.get(key) ?? '',
      grantedAt: hoursAgo(300),
    })),
  );
  await db.membershipRole.createMany({ data });
}
