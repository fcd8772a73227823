import { randomBytes } from 'node:crypto';
import { newId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import type { Db, Tx } from '@/server/db/client';
import { makeCan, makeTools, makeWork } from '@/server/handle';
import { principalOfUser } from '@/server/principal';
import { inUnit } from '@/server/unit';
import type { Can, PublicWork, Work } from '@/server/work';

type Status = 'invited' | 'active' | 'inactive' | 'archived';
type NewUser = {
  email?: string;
  firstName?: string;
  lastName?: string;
  status?: Status;
  createdAt?: Date;
  emailVerifiedAt?: Date | null;
};

/** Thrown when a test acts as a person who cannot sign in. */
export const notActive = 'Only an active person can act in a test.';

const unique = () => randomBytes(4).toString('hex');

/** Makes a person and invents what is left out. `roles` are keys of platform roles. */
export async function makeUser(db: Tx, { roles = [], ...given }: NewUser & { roles?: string[] } = {}) {
  const status = given.status ?? 'active';
  const user = await db.user.create({
    data: {
      id: newId(),
      email: `person-${unique()}@example.com`,
      firstName: 'Pat',
      lastName: `Person ${unique()}`,
      emailVerifiedAt: status === 'invited' ? null : new Date(),
      ...given,
      status,
      archivedAt: status === 'archived' ? new Date() : null,
      archivedStatus: status === 'archived' ? 'active' : null,
    },
  });
  for (const key of roles) await db.userRole.create({ data: { userId: user.id, roleId: await roleId(db, key) } });
  return user;
}

export async function makeOrganization(
  db: Tx,
  given: { name?: string; slug?: string; status?: 'active' | 'inactive' } = {},
) {
  const mark = unique();
  return db.organization.create({ data: { id: newId(), name: `Organization ${mark}`, slug: `org-${mark}`, ...given } });
}

/** Makes a member with roles there, by key. Person and organization are invented when left out. */
export async function makeMember(
  db: Tx,
  given: NewUser & { organizationId?: string; roles?: string[]; userId?: string } = {},
) {
  const { organizationId = (await makeOrganization(db)).id, roles = [], userId, ...person } = given;
  const user = userId ? await db.user.findUniqueOrThrow({ where: { id: userId } }) : await makeUser(db, person);
  await db.$executeRaw`
    INSERT INTO membership (user_id, organization_id, email, sort_name, search, first_key, last_key, status, created_at,
                            last_sign_in_at, last_activity_at)
    SELECT id, ${organizationId}::uuid, email, sort_name, search, first_key, last_key, status, created_at,
           last_sign_in_at, last_activity_at FROM "user" WHERE id = ${user.id}::uuid`;
  for (const key of roles) {
    await db.membershipRole.create({ data: { userId: user.id, organizationId, roleId: await roleId(db, key) } });
  }
  return { ...user, organizationId };
}

/** Makes a group with roles by key; without an organization it is a platform group. */
export async function makeGroup(
  db: Tx,
  given: { name?: string; organizationId?: string; roles?: string[]; members?: string[] } = {},
) {
  const { name = `Group ${unique()}`, organizationId = null, roles = [], members = [] } = given;
  const group = await db.group.create({ data: { id: newId(), name, organizationId } });
  for (const key of roles) await db.groupRole.create({ data: { groupId: group.id, roleId: await roleId(db, key) } });
  await db.groupMember.createMany({ data: members.map((userId) => ({ groupId: group.id, userId })) });
  return group;
}

export async function roleId(db: Tx, key: string): Promise<string> {
  return (await db.role.findUniqueOrThrow({ where: { key }, select: { id: true } })).id;
}

const request = () => ({ id: newId(), ip: '192.0.2.1', userAgent: 'test', path: '/test' });

async function principal(db: Tx, userId: string) {
  const found = await principalOfUser(db, userId);
  if (!found) throw new Error(notActive);
  return found;
}

/** A reading handle with this person's current permissions. Nothing checks the type argument. */
export async function canAs<P extends Permission>(db: Db, userId: string): Promise<Can<P>> {
  return makeCan(db, await principal(db, userId), request());
}

/** Runs a unit of work as this person. It commits if it audited something or is exempt, and rolls back if it throws. */
export function workAs<P extends Permission, T>(
  db: Db,
  userId: string,
  body: (work: Work<P>) => Promise<T>,
  options: { exempt?: boolean } = {},
): Promise<T> {
  return inUnit(async (tx, ledger) => body(makeWork(tx, await principal(tx, userId), request(), ledger)), {
    client: db,
    ...options,
  });
}

/** Runs a unit of work with nobody signed in, as public forms do. */
export function workAsNobody<T>(db: Db, body: (work: PublicWork) => Promise<T>): Promise<T> {
  return inUnit(
    async (tx, ledger) => body({ actor: null, ...makeTools(tx, { kind: 'anonymous', id: null }, request(), ledger) }),
    { client: db },
  );
}
