import { traceOrganization } from '@/features/users/audit-place.policy';
import { isOnPlatform } from '@/features/users/rank.queries';
import type { AuditEntry } from '@/server/audit';
import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';
import { isDirect, type Step, userOf } from './apply.schema';

const refusedBefore = unscoped("rows beyond the importer's rights were refused before");

type Access = { organizationIds: string[]; isOnPlatform: boolean; roles: string[]; groups: string[] };
type Named = { key: string; name: string; place: string | null };

export type Known = { access: Map<number, Access>; names: Map<string, Named> };

/**
 * Call it before anything is granted, with the people locked. Every change of access begins with that lock, so whatever
 * is missing here was granted by this import.
 */
export async function findKnown(work: Writes, steps: Step[]): Promise<Known> {
  const people = steps.filter((step) => step.change.as === 'person');
  if (people.length === 0) return { access: new Map(), names: new Map() };
  const records = JSON.stringify(people.map((step) => ({ n: step.n, id: userOf(step), place: step.place })));
  const access = await work.read<Access & { n: number }>(
    refusedBefore,
    sql`
      SELECT x.n, ${isOnPlatform} AS "isOnPlatform",
             ARRAY(SELECT m.organization_id::text FROM membership m WHERE m.user_id = u.id) AS "organizationIds",
             CASE WHEN x.place IS NULL THEN ARRAY(SELECT ur.role_id::text FROM user_role ur WHERE ur.user_id = u.id)
                  ELSE ARRAY(SELECT mr.role_id::text FROM membership_role mr
                              WHERE mr.user_id = u.id AND mr.organization_id = x.place) END AS roles,
             ARRAY(SELECT gm.group_id::text FROM group_member gm WHERE gm.user_id = u.id) AS groups
        FROM jsonb_to_recordset(${records}::jsonb) AS x(n int, id uuid, place uuid) JOIN "user" u ON u.id = x.id`,
  );
  return { access: new Map(access.map((row) => [row.n, row])), names: await findNames(work, people.filter(isDirect)) };
}

async function findNames(work: Writes, steps: Step[]): Promise<Map<string, Named>> {
  if (steps.length === 0) return new Map();
  const groups = [...new Set(steps.flatMap((step) => step.groups))];
  const places = [...new Set(steps.flatMap((step) => step.place ?? []))];
  const rows = await work.read<Named & { id: string }>(
    refusedBefore,
    sql`
      SELECT id, key, name, NULL::uuid AS place FROM role
      UNION ALL SELECT id, '', name, organization_id FROM "group" WHERE id = ANY(${groups}::uuid[])
      UNION ALL SELECT id, '', name, NULL FROM organization WHERE id = ANY(${places}::uuid[])`,
  );
  return new Map(rows.map(({ id, ...named }) => [id, named]));
}

export function entriesOf(step: Step, known: Known): AuditEntry[] {
  const { change } = step;
  if (change.as === 'invite') return [];
  // An invitation has its own event, with all that is in it.
  if (change.as === 'new') return change.invite ? [] : [made(step)];
  if (change.as === 'amend') return [amended(step, { ...change.set })];
  const access = known.access.get(step.n);
  if (!access) throw new Error('The access of this person was not loaded.');
  if (isDirect(step)) return [...updated(step, access), ...granted(step, access, known.names)];
  // The event of a new invitation already says what it will grant.
  const isAmended = change.open !== undefined && step.roles.length + step.groups.length > 0;
  return [...updated(step, access), ...(isAmended ? [amended(step, {})] : [])];
}

const subjectOf = (step: Step) => ({ type: 'user', id: step.userId });

const grantsOf = ({ roles, groups }: Step) => ({
  ...(roles.length > 0 && { roles }),
  ...(groups.length > 0 && { groups }),
});

function made(step: Step): AuditEntry {
  const { change, place } = step;
  const { email, firstName, lastName, phone } = change.row;
  const after = {
    ...{ email, firstName, lastName },
    ...(phone && { phone }),
    ...(place && { organization: place }),
    ...grantsOf(step),
  };
  return { action: 'user.created', subject: subjectOf(step), organizationId: place, after };
}

function amended(step: Step, set: Record<string, string>): AuditEntry {
  const { change, place } = step;
  return {
    action: 'invitation.changed',
    subject: { type: 'invitation', id: change.open ?? null },
    organizationId: place,
    personId: step.userId,
    ...(change.as === 'amend' && { before: { ...change.before } }),
    after: { ...set, ...grantsOf(step) },
  };
}

function updated(step: Step, access: Access): AuditEntry[] {
  const { set, before } = step.change;
  if (!set) return [];
  const organizationId = traceOrganization(access);
  return [
    { action: 'user.updated', subject: subjectOf(step), organizationId, before: { ...before }, after: { ...set } },
  ];
}

function granted(step: Step, access: Access, names: Known['names']): AuditEntry[] {
  const { place, change } = step;
  const subject = subjectOf(step);
  const roles = step.roles.filter((id) => !access.roles.includes(id));
  const groups = step.groups.filter((id) => !access.groups.includes(id));
  const entries = groups.map((id): AuditEntry => {
    const { name = '', place: organizationId = null } = names.get(id) ?? {};
    return { action: 'group.joined', subject, organizationId, after: { group: name } };
  });
  if (place === null) {
    const role = (id: string) => ({ role: names.get(id)?.name ?? '', key: names.get(id)?.key ?? '' });
    return [...roles.map((id) => ({ action: 'role.granted' as const, subject, after: role(id) })), ...entries];
  }
  const keys = (ids: string[]) => ids.map((id) => names.get(id)?.key ?? id).sort();
  const all = keys([...access.roles, ...roles]);
  if (!access.organizationIds.includes(place)) {
    if (!change.join) return entries;
    const after = { organization: names.get(place)?.name ?? '', roles: all };
    return [{ action: 'membership.added', subject, organizationId: place, after }, ...entries];
  }
  if (roles.length === 0) return entries;
  const [before, after] = [{ roles: keys(access.roles) }, { roles: all }];
  return [{ action: 'membership.changed', subject, organizationId: place, before, after }, ...entries];
}
