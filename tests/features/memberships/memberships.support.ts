import { makeUser, workAs } from '@tests/support/factories';
import { expect } from 'vitest';
import { endMembership } from '@/features/leaving/membership.service';
import { addMember, changeMembership } from '@/features/memberships/membership.service';
import { changePlatformRoles } from '@/features/memberships/platform-roles.service';
import type { Db } from '@/server/db/client';
import { Fail, type FailCode } from '@/server/fail';
import type { Work } from '@/server/work';

/** A System Admin who can sign in, which is what counts for being the last one. */
export async function makeAdmin(db: Db, roles = ['system-admin']) {
  const user = await makeUser(db, { roles });
  await db.credential.create({ data: { userId: user.id, passwordHash: 'kept' } });
  return user;
}

export async function refuses(action: Promise<unknown>, code: FailCode) {
  const error = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error instanceof Fail ? error.code : error).toBe(code);
}

type Change = { version?: number; was?: string[] };

/** Access changes made by one person, each in a transaction of its own. */
export function actingAs(db: Db, actorId: string) {
  const changePlatform = (id: string, roles: string[], { version = 1, was }: Change = {}) =>
    workAs(db, actorId, (work: Work<'roles.grant'>) => changePlatformRoles(work, { id, roles, version, was }));
  /** The form as it is open now, with one role more or less; true when that was saved. */
  const changeOne = async (id: string, change: (was: string[]) => string[]) => {
    const was = await platformRoles(db, id);
    const person = await db.user.findUnique({ where: { id }, select: { version: true } });
    const { kind } = await changePlatform(id, change(was), { version: person?.version ?? 1, was });
    return kind === 'saved';
  };
  return {
    add: (id: string, organization: string, roles: string[] = []) =>
      workAs(db, actorId, (work: Work<'memberships.create'>) => addMember(work, { id, organization, roles })),
    change: (id: string, organization: string, roles: string[], { version = 1, was }: Change = {}) =>
      workAs(db, actorId, (work: Work<'memberships.update'>) =>
        changeMembership(work, { id, organization, roles, version, was }),
      ),
    end: (id: string, organization: string, version = 1) =>
      workAs(db, actorId, (work: Work<'memberships.end'>) =>
        endMembership(work, { id, organization, version, reason: 'Moved on' }),
      ),
    grant: (id: string, role: string) => changeOne(id, (was) => [...new Set([...was, role])]),
    revoke: (id: string, role: string) => changeOne(id, (was) => was.filter((key) => key !== role)),
    changePlatform,
  };
}

/** The newest event of this kind with its details. */
export async function lastEvent(db: Db, action: string) {
  const event = await db.auditEvent.findFirst({ where: { action }, orderBy: { seq: 'desc' } });
  if (!event) return null;
  const detail = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event.id } });
  return { ...event, body: detail.body };
}

export async function rolesIn(db: Db, userId: string, organizationId: string): Promise<string[]> {
  const rows = await db.membershipRole.findMany({ where: { userId, organizationId }, select: { role: true } });
  return rows.map(({ role }) => role.key).sort();
}

export async function platformRoles(db: Db, userId: string): Promise<string[]> {
  const rows = await db.userRole.findMany({ where: { userId }, select: { role: true } });
  return rows.map(({ role }) => role.key).sort();
}
