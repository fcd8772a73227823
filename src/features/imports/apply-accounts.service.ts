import { newId } from '@/lib/ids';
import type { Work } from '@/server/work';
import { type Step, userOf } from './apply.schema';

type ImportWork = Work<'users.import'>;

export async function makeGroups(work: ImportWork, steps: Step[]) {
  const wanted = new Map<string, { id: string; place: string | null; name: string }>();
  for (const step of steps) {
    for (const name of step.change.row.newGroups) {
      const key = `${step.place ?? ''}\n${name}`;
      if (!wanted.has(key) && work.may('groups.create', step.place))
        wanted.set(key, { id: newId(), place: step.place, name });
    }
  }
  if (wanted.size === 0) return;
  const records = JSON.stringify([...wanted.values()]);
  const made = await work.db.$queryRaw<{ id: string; name: string; place: string | null }[]>`
    INSERT INTO "group" (id, organization_id, name)
    SELECT x.id, x.place, x.name FROM jsonb_to_recordset(${records}::jsonb) AS x(id uuid, place uuid, name text)
    ON CONFLICT DO NOTHING RETURNING id, name, organization_id AS place`;
  const there = await work.db.$queryRaw<{ id: string; wanted: string }[]>`
    SELECT g.id, coalesce(x.place::text, '') || E'\n' || x.name AS wanted
      FROM jsonb_to_recordset(${records}::jsonb) AS x(place uuid, name text)
      JOIN "group" g ON g.name_key = fold(x.name) AND g.organization_id IS NOT DISTINCT FROM x.place`;
  const ids = new Map(there.map((group) => [group.wanted, group.id]));
  for (const step of steps) {
    const added = step.change.row.newGroups.flatMap((name) => ids.get(`${step.place ?? ''}\n${name}`) ?? []);
    step.groups = [...new Set([...step.groups, ...added])];
  }
  await work.audit(
    ...made.map(({ id, name, place }) => ({
      action: 'group.created' as const,
      subject: { type: 'group', id },
      organizationId: place,
      after: { name },
    })),
  );
}

/** Creates accounts and returns their ids, without those whose address was taken in the meantime. */
export async function insertUsers(work: ImportWork, steps: Step[]): Promise<Set<string>> {
  if (steps.length === 0) return new Set();
  for (const step of steps) step.userId = newId();
  const records = steps.map((step) => {
    const { email, firstName, lastName, phone, suspended } = step.change.row;
    return { id: userOf(step), email, first: firstName, last: lastName, phone, suspended };
  });
  const rows = await work.db.$queryRaw<{ id: string }[]>`
    INSERT INTO "user" (id, email, first_name, last_name, phone, status, suspended_at)
    SELECT x.id, x.email, x.first, x.last, x.phone,
           (CASE WHEN x.suspended THEN 'inactive' ELSE 'invited' END)::user_status, CASE WHEN x.suspended THEN app_now() END
      FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
        AS x(id uuid, email text, first text, last text, phone text, suspended boolean)
     ORDER BY x.email ON CONFLICT (email) DO NOTHING RETURNING id`;
  return new Set(rows.map((row) => row.id));
}

/** Changes names and phones of existing people. Every administrative change raises their version. */
export async function updateUsers(work: ImportWork, steps: Step[]) {
  const people = steps.filter((step) => step.change.as === 'person');
  if (people.length === 0) return;
  const records = people.map((step) => ({ id: userOf(step), ...step.change.set }));
  await work.db.$executeRaw`
    UPDATE "user" u
       SET first_name = coalesce(x."firstName", u.first_name), last_name = coalesce(x."lastName", u.last_name),
           phone = coalesce(x.phone, u.phone), version = u.version + 1, updated_at = app_now()
      FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
        AS x(id uuid, "firstName" text, "lastName" text, phone text)
     WHERE u.id = x.id`;
  const renamed = people.filter((step) => step.change.set).map(userOf);
  if (renamed.length === 0) return;
  await work.db.$executeRaw`
    UPDATE membership m SET sort_name = u.sort_name, search = u.search, first_key = u.first_key, last_key = u.last_key
      FROM "user" u WHERE u.id = m.user_id AND u.id = ANY(${renamed}::uuid[])`;
}

/** Grants access at once. The same statement copies the person's columns that lists need into the membership. */
export async function grantDirectly(work: ImportWork, steps: Step[]) {
  if (steps.length === 0) return;
  const actor = work.actor.id;
  const joins = steps.filter((step) => step.place !== null && (step.change.join || step.change.as === 'new'));
  await work.db.$executeRaw`
    INSERT INTO membership (user_id, organization_id, added_by, email, sort_name, search, first_key, last_key, status,
                            created_at, last_sign_in_at, last_activity_at)
    SELECT u.id, x.place, ${actor}::uuid, u.email, u.sort_name, u.search, u.first_key, u.last_key, u.status,
           u.created_at, u.last_sign_in_at, u.last_activity_at
      FROM jsonb_to_recordset(${pairs(joins, (step) => [step.place ?? ''])}::jsonb) AS x(id uuid, place uuid)
      JOIN "user" u ON u.id = x.id
    ON CONFLICT DO NOTHING`;
  const here = steps.filter((step) => step.place !== null);
  await work.db.$executeRaw`
    INSERT INTO membership_role (user_id, organization_id, role_id, granted_by)
    SELECT x.id, x.place, x.what, ${actor}::uuid
      FROM jsonb_to_recordset(${pairs(here, (step) => step.roles)}::jsonb) AS x(id uuid, place uuid, what uuid)
      JOIN membership m ON m.user_id = x.id AND m.organization_id = x.place
    ON CONFLICT DO NOTHING`;
  const everywhere = steps.filter((step) => step.place === null);
  await work.db.$executeRaw`
    INSERT INTO user_role (user_id, role_id, granted_by)
    SELECT x.id, x.what, ${actor}::uuid
      FROM jsonb_to_recordset(${pairs(everywhere, (step) => step.roles)}::jsonb) AS x(id uuid, what uuid)
    ON CONFLICT DO NOTHING`;
  await work.db.$executeRaw`
    INSERT INTO group_member (group_id, user_id, added_by)
    SELECT x.what, x.id, ${actor}::uuid
      FROM jsonb_to_recordset(${pairs(steps, (step) => step.groups)}::jsonb) AS x(id uuid, what uuid)
    ON CONFLICT DO NOTHING`;
}

function pairs(steps: Step[], whats: (step: Step) => string[]): string {
  return JSON.stringify(
    steps.flatMap((step) => whats(step).map((what) => ({ id: userOf(step), place: step.place, what }))),
  );
}
