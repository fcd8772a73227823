import { type Fate, organizations, type Row } from './people';
import type { Place } from './place';

type Query = <T>(text: string, values?: unknown[]) => Promise<T[]>;

const verdictOf: Record<Fate, [verdict: string, status: string]> = {
  invited: ['create', 'applied'],
  created: ['create', 'applied'],
  updated: ['update', 'applied'],
  unchanged: ['unchanged', 'skipped'],
  repeated: ['unchanged', 'skipped'],
  conflict: ['conflict', 'skipped'],
  error: ['error', 'skipped'],
};

const few = (found: readonly string[]) => `${found.length}: ${found.slice(0, 3).join(', ')}`;

/** Compares the result of an import with the model, row by row, and returns the differences. */
export async function checkImport(query: Query, planId: string, rows: Row[], mark: string): Promise<string[]> {
  return [
    ...(await checkRows(query, planId, rows)),
    ...(await checkPeople(query, rows, mark)),
    ...(await checkEvents(query, planId, rows, mark)),
  ];
}

async function checkRows(query: Query, planId: string, rows: Row[]): Promise<string[]> {
  const found = await query<{ n: number; verdict: string; status: string }>(
    'SELECT n, verdict, status::text FROM plan_row WHERE plan_id = $1 ORDER BY n',
    [planId],
  );
  const byNumber = new Map(found.map((row) => [row.n, `${row.verdict}/${row.status}`]));
  const wrong = rows.flatMap((row, at) => {
    const is = byNumber.get(at + 1);
    const wanted = verdictOf[row.fate].join('/');
    return is === wanted ? [] : [`row ${at + 1} is ${is ?? 'missing'} instead of ${wanted}`];
  });
  if (found.length !== rows.length) wrong.push(`${found.length} rows in the plan, ${rows.length} in the file`);
  const [plan] = await query<{ state: string; done: number; total: number; receipts: number }>(
    `SELECT state::text, done_rows AS done, total, (SELECT count(*)::int FROM receipt WHERE plan_id = id) AS receipts
       FROM plan WHERE id = $1`,
    [planId],
  );
  const applying = rows.filter((row) => verdictOf[row.fate][1] === 'applied').length;
  if (plan?.state !== 'done' || plan.done !== applying || plan.total !== applying || plan.receipts !== 1)
    wrong.push(`the plan is ${JSON.stringify(plan)}, ${applying} rows apply`);
  return wrong.length > 0 ? [`Rows with a wrong result: ${few(wrong)}`] : [];
}

type Found = {
  email: string;
  said: string;
};

/** Each person of the file exists once, with exactly the name, status, roles, groups and organization of their row. */
async function checkPeople(query: Query, rows: Row[], mark: string): Promise<string[]> {
  const found = await query<Found>(
    `SELECT u.email, concat_ws('|', u.first_name, u.last_name, u.status,
            (SELECT string_agg(o.name, ',' ORDER BY o.name) FROM membership m JOIN organization o ON o.id = m.organization_id
              WHERE m.user_id = u.id),
            (SELECT string_agg(r.key, ',' ORDER BY r.key) FROM membership_role mr JOIN role r ON r.id = mr.role_id
              WHERE mr.user_id = u.id),
            (SELECT string_agg(g.name, ',' ORDER BY g.name) FROM group_member gm JOIN "group" g ON g.id = gm.group_id
              WHERE gm.user_id = u.id),
            (SELECT string_agg(concat_ws(':', i.state, o.name,
                      (SELECT string_agg(r.key, ',') FROM invitation_role ir JOIN role r ON r.id = ir.role_id
                        WHERE ir.invitation_id = i.id),
                      (SELECT string_agg(g.name, ',') FROM invitation_group ig JOIN "group" g ON g.id = ig.group_id
                        WHERE ig.invitation_id = i.id)), ',')
               FROM invitation i LEFT JOIN organization o ON o.id = i.organization_id WHERE i.user_id = u.id)) AS said
       FROM "user" u WHERE u.email LIKE $1 ORDER BY u.email`,
    [`${mark}-%`],
  );
  const wanted = new Map(
    rows.flatMap((row) => (/invited|created|updated|unchanged/.test(row.fate) ? [[row.email, saidOf(row)]] : [])),
  );
  const wrong = found.flatMap(({ email, said }) =>
    wanted.get(email) === said ? [] : [`${email} is ${said} instead of ${wanted.get(email) ?? 'nobody'}`],
  );
  const there = new Set(found.map((person) => person.email));
  for (const email of wanted.keys()) if (!there.has(email)) wrong.push(`${email} is missing`);
  const groups = await query<{ name: string }>(
    `SELECT o.name || '/' || g.name AS name FROM "group" g JOIN organization o ON o.id = g.organization_id
      WHERE g.name LIKE $1 GROUP BY 1 HAVING count(*) > 1`,
    [`${mark} group %`],
  );
  const broken = wrong.length > 0 ? [`People who are not as the file says: ${few(wrong)}`] : [];
  return groups.length > 0 ? [...broken, `Groups made twice: ${few(groups.map((group) => group.name))}`] : broken;
}

function saidOf({ first, last, fate, organization, role, group }: Row): string {
  const name = `${first}|${last}`;
  if (fate === 'invited') return `${name}|invited|open:${organization}:${role}:${group}`;
  return `${name}|${fate === 'created' ? 'inactive' : 'active'}|${organization}|${role}|${group}`;
}

/** Each change has exactly one event. */
async function checkEvents(query: Query, planId: string, rows: Row[], mark: string): Promise<string[]> {
  const count = (fate: Fate) => rows.filter((row) => row.fate === fate).length;
  const events = await query<{ action: string; count: number }>(
    `SELECT e.action, count(*)::int AS count FROM audit_event e
      WHERE e.subject_id IN (SELECT id FROM "user" WHERE email LIKE $1)
         OR e.subject_id IN (SELECT id FROM invitation WHERE email LIKE $1)
         OR e.subject_id = $2 AND e.action IN ('import.confirmed', 'import.applied')
      GROUP BY 1`,
    [`${mark}-%`, planId],
  );
  const wanted: Record<string, number> = {
    'user.created': count('created'),
    'invitation.created': count('invited'),
    'user.updated': count('updated'),
    'import.confirmed': 1,
    'import.applied': 1,
  };
  const is = Object.fromEntries(events.map((event) => [event.action, event.count]));
  const names = new Set([...Object.keys(wanted), ...Object.keys(is)]);
  const wrong = [...names].filter((name) => (is[name] ?? 0) !== (wanted[name] ?? 0));
  return wrong.map((name) => `${is[name] ?? 0} events ${name} instead of ${wanted[name] ?? 0}`);
}

export async function makeOrganizations(place: Place): Promise<void> {
  const { makeOrganization } = await import('@tests/support/factories');
  for (const name of organizations) await makeOrganization(place.db, { name });
}
