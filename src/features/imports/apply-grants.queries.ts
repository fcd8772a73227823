import { fitsScope, holdsAllOf } from '@/features/roles/grant.policy';
import { loadRoles } from '@/features/roles/list.queries';
import { systemAdminRole } from '@/lib/permissions';
import { sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Work } from '@/server/work';
import type { Step } from './apply.schema';
import { mayJoin } from './validate.policy';
import type { FoundGroup } from './validate.queries';

/**
 * The steps with grants that the importer can no longer make, because a role or group grew, moved or was deleted since
 * the review, or because they lost permissions themselves. Call it in the transaction that grants.
 */
export async function stepsBeyondRights(work: Work<'users.import'>, steps: Step[]): Promise<Set<Step>> {
  const roles = new Map((await loadRoles(work)).map((role) => [role.id, role]));
  const ids = [...new Set(steps.flatMap((step) => step.groups))];
  const found = await work.read<FoundGroup>(sql`
    SELECT g.id, g.organization_id AS "organizationId",
           coalesce((SELECT array_agg(DISTINCT rp.permission) FROM group_role gr
                       JOIN role_permission rp ON rp.role_id = gr.role_id WHERE gr.group_id = g.id), '{}') AS permissions
      FROM "group" g WHERE g.id = ANY(${ids}::uuid[]) AND ${within(work, 'users.import', sql`g.organization_id`)}`);
  const groups = new Map(found.map((group) => [group.id, group]));
  // Thousands of rows grant the same few things, so each combination is decided once.
  const decided = new Map<string, boolean>();
  const isGranted = (step: Step) => {
    if (!work.may('users.import', step.place)) return false;
    const fits = step.roles.every((id) => {
      const role = roles.get(id);
      return role && role.key !== systemAdminRole && fitsScope(role, step.place) && holdsAllOf(work, role, step.place);
    });
    return (
      fits &&
      step.groups.every((id) => {
        const group = groups.get(id);
        return group !== undefined && mayJoin(work, group);
      })
    );
  };
  const refused = new Set<Step>();
  for (const step of steps) {
    const key = `${step.place}|${step.roles}|${step.groups}`;
    if (!decided.has(key)) decided.set(key, isGranted(step));
    if (!decided.get(key)) refused.add(step);
  }
  return refused;
}
