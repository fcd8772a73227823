import type { Client } from 'pg';
import { newId } from '@/lib/ids';
import { auditCases } from './audit-cases';
import type { Result } from './report';
import { type Case, measureInTurns, worstOf } from './turns';
import type { Visitor } from './visitors';

const importRows = 100_000;

type Page = { target: string; name: string; path: string };

/** P20: the other long lists with each of their filters, with the same limits as the list of users. */
export async function measureLarge(
  client: Client,
  url: string,
  admin: Visitor,
  options: { users: number; runs: number },
): Promise<Result[]> {
  const importId = await makeImport(client);
  try {
    const pages: Page[] = [
      ...(await auditCases(client)).map((each) => ({ target: 'P20.audit', ...each })),
      ...(await invitationPages(client)),
      ...(await groupPages(client)),
      ...importPages(importId),
    ];
    const cases: Case[] = pages.map((page) => ({ ...page, cookie: admin.cookie, times: [], statements: [] }));
    const empty = await measureInTurns(client, url, cases, options.runs);
    const targets = [...new Set(cases.map((each) => each.target))];
    return targets.map((id) =>
      worstOf(
        cases.filter((each) => each.target === id),
        `${id}@${options.users}`,
        empty,
      ),
    );
  } finally {
    await client.query('DELETE FROM plan WHERE id = $1', [importId]);
  }
}

async function invitationPages(client: Client): Promise<Page[]> {
  const { rows } = await client.query<{ organization: string; sender: string; name: string; at: Date; id: string }>(
    `SELECT (SELECT organization_id FROM invitation WHERE organization_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS organization,
            (SELECT sender_id FROM invitation WHERE sender_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS sender,
            (SELECT fold(last_name) FROM invitation WHERE last_name ~ '^[A-Za-z]{5,}$' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) AS name,
            i.created_at AS at, i.id FROM invitation i ORDER BY i.created_at, i.id
      OFFSET (SELECT floor(count(*) * 0.1) FROM invitation) LIMIT 1`,
  );
  const found = rows[0];
  const shows = ['open', 'accepted', 'expired', 'cancelled', 'all'];
  const statuses = ['queued', 'sent', 'failed', 'bounced', 'opened', 'held'];
  const queries = [
    ...shows.map((show) => `show=${show}`),
    ...statuses.map((status) => `show=open&status=${status}`),
    `show=all&organization=${found?.organization}`,
    `show=all&sender=${found?.sender}`,
    `show=all&q=${found?.name}`,
    'show=all&q=example',
    'show=all&q=qxzzqj',
    'show=open&q=a',
    'show=all&q=example+qxzzqj',
    `show=all&q=an+${found?.name}`,
    `show=all&after=${found?.at.toISOString()}~${found?.id}`,
  ];
  return queries.map((query) => ({
    target: 'P20.invitations',
    name: query.replace(/(=[^&]{12})[^&]*/g, '$1…'),
    path: `/invitations?size=50&${query}`,
  }));
}

async function groupPages(client: Client): Promise<Page[]> {
  const { rows } = await client.query<{ id: string; at: Date; user: string }>(
    `SELECT g.id, u.created_at AS at, u.id AS user FROM "group" g JOIN group_member m ON m.group_id = g.id
       JOIN "user" u ON u.id = m.user_id
      WHERE g.organization_id IS NULL AND g.name = 'Everyday learners' ORDER BY u.created_at, u.id
     OFFSET (SELECT floor(count(*) * 0.1) FROM group_member m JOIN "group" g ON g.id = m.group_id
              WHERE g.organization_id IS NULL AND g.name = 'Everyday learners') LIMIT 1`,
  );
  const found = rows[0];
  const place = Buffer.from(JSON.stringify(['created', found?.at.toISOString(), found?.user])).toString('base64url');
  const list = `/users?size=50&group=${found?.id}`;
  return [
    { target: 'P20.group', name: 'its page', path: `/groups/${found?.id}` },
    { target: 'P20.group', name: 'members', path: list },
    { target: 'P20.group', name: 'members by name', path: `${list}&sort=name` },
    { target: 'P20.group', name: 'members, after nine tenths', path: `${list}&after=${place}` },
  ];
}

function importPages(id: string): Page[] {
  return [
    { target: 'P20.review', name: 'first page', path: `/imports/${id}` },
    { target: 'P20.review', name: 'last page', path: `/imports/${id}?verdict=create&after=${importRows - 50}` },
    { target: 'P20.review', name: 'errors', path: `/imports/${id}?verdict=error` },
  ];
}

/** Inserts an import that waits for confirmation, without a file. */
async function makeImport(client: Client): Promise<string> {
  const id = newId();
  const params = {
    ...{ columns: ['email', 'first_name', 'last_name'], source: 'unknown', existing: 'update', organizationId: null },
    ...{ suspended: 'inactive', makeGroups: true, message: '', invites: importRows },
  };
  const errors = importRows / 100;
  const counts = { create: importRows - errors, error: errors };
  await client.query(
    `INSERT INTO plan (id, kind, state, created_by, params, counts, total, hash)
     SELECT $1, 'import', 'ready', id, $2, $3, $4, '\\x00' FROM "user" WHERE email = 'bench-admin@rollcall.example'`,
    [id, params, counts, importRows],
  );
  await client.query(
    `INSERT INTO upload (plan_id, file_name, size, row_count, columns, header) VALUES ($1, 'people.csv', 5000000, $2, $3, $4)`,
    [id, importRows, JSON.stringify([]), ['email', 'first name', 'last name']],
  );
  const row = {
    email: '',
    firstName: 'Person',
    phone: null,
    organization: null,
    roles: [],
    groups: [],
    newGroups: [],
    suspended: false,
  };
  await client.query(
    `INSERT INTO plan_row (plan_id, n, verdict, label, change, reasons, status)
     SELECT $1, n, CASE WHEN n % 100 = 0 THEN 'error' ELSE 'create' END, 'person' || n || '@file.example',
            jsonb_build_object('as', 'new', 'row', $3::jsonb || jsonb_build_object('lastName', 'Of ' || n)),
            CASE WHEN n % 100 = 0 THEN '[{"code": "role_system"}]'::jsonb ELSE '[]' END,
            CASE WHEN n % 100 = 0 THEN 'skipped' ELSE 'pending' END::plan_row_status
       FROM generate_series(1, $2::int) n`,
    [id, importRows, row],
  );
  await client.query('ANALYZE plan_row');
  return id;
}
