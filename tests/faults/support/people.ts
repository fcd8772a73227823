import { newId } from '@/lib/ids';
import type { Db } from '@/server/db/client';

/** What the import must do with a row. */
export type Fate = 'invited' | 'created' | 'updated' | 'unchanged' | 'repeated' | 'conflict' | 'error';

export type Row = {
  email: string;
  first: string;
  last: string;
  role: 'member' | 'staff';
  organization: string;
  group: string;
  suspended: boolean;
  fate: Fate;
};

export const organizations = Array.from({ length: 6 }, (_, at) => `Branch ${at + 1}`);

/** Most rows create people without an invitation, so that sending mail does not decide how long the import takes. */
function fateOf(n: number, invitedPercent: number): Fate {
  const at = n % 100;
  if (at < invitedPercent) return 'invited';
  if (at >= 97) return (['repeated', 'conflict', 'error'] as const)[at - 97] ?? 'error';
  if (at >= 92) return 'updated';
  if (at >= 89) return 'unchanged';
  return 'created';
}

/** The model: `count` rows, each with its expected result. The same arguments give the same rows. */
export function makeRows(count: number, mark: string, invitedPercent: number): Row[] {
  const rows: Row[] = [];
  for (let n = 0; n < count; n += 1) {
    const fate = fateOf(n, invitedPercent);
    // A row of the same hundred that creates a person.
    const earlier = rows[n - ((n % 100) - 50)];
    const isRepeat = (fate === 'repeated' || fate === 'conflict') && earlier !== undefined;
    const own: Row = {
      email: fate === 'error' ? `no address ${n}` : `${mark}-${n}@example.com`,
      first: `First${n}`,
      last: `Last${n}`,
      role: n % 3 === 0 ? 'staff' : 'member',
      organization: organizations[n % organizations.length] ?? '',
      group: `${mark} group ${n % 7}`,
      suspended: fate === 'created',
      fate,
    };
    rows.push(isRepeat ? { ...earlier, fate, ...(fate === 'conflict' && { last: `Other${n}` }) } : own);
  }
  return rows;
}

export function asCsv(rows: Row[]): string {
  const lines = rows.map(({ email, first, last, role, organization, group, suspended }) =>
    [email, first, last, role, organization, group, suspended ? 'suspended' : 'active'].join(','),
  );
  return ['email,first_name,last_name,role,organization,groups,status', ...lines].join('\n');
}

/** Creates the people who exist before the import: as in the file, except for what the import must change. */
export async function makePeopleBefore(db: Db, rows: Row[]): Promise<void> {
  const before = rows.filter(({ fate }) => fate === 'updated' || fate === 'unchanged');
  const groups = [...new Set(before.map((row) => `${row.organization}\n${row.group}`))].map((key) => {
    const [organization, name] = key.split('\n');
    return { id: newId(), organization, name };
  });
  const people = before.map((row) => ({
    ...row,
    id: newId(),
    last: row.fate === 'updated' ? `Before${row.last}` : row.last,
  }));
  await db.$transaction([
    db.$executeRaw`
      INSERT INTO "group" (id, organization_id, name)
      SELECT x.id, o.id, x.name FROM jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS x(id uuid, organization text, name text)
        JOIN organization o ON o.name = x.organization`,
    db.$executeRaw`
      INSERT INTO "user" (id, email, first_name, last_name, status)
      SELECT x.id, x.email, x.first, x.last, 'active' FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
        AS x(id uuid, email text, first text, last text)`,
    db.$executeRaw`
      INSERT INTO membership (user_id, organization_id, email, sort_name, search, first_key, last_key, status, created_at)
      SELECT u.id, o.id, u.email, u.sort_name, u.search, u.first_key, u.last_key, u.status, u.created_at
        FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS x(id uuid, organization text)
        JOIN "user" u ON u.id = x.id JOIN organization o ON o.name = x.organization`,
    db.$executeRaw`
      INSERT INTO membership_role (user_id, organization_id, role_id)
      SELECT x.id, o.id, r.id FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS x(id uuid, organization text, role text)
        JOIN organization o ON o.name = x.organization JOIN role r ON r.key = x.role`,
    db.$executeRaw`
      INSERT INTO group_member (group_id, user_id)
      SELECT g.id, x.id FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS x(id uuid, organization text, "group" text)
        JOIN organization o ON o.name = x.organization JOIN "group" g ON g.name = x."group" AND g.organization_id = o.id`,
  ]);
}
