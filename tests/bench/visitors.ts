import { randomBytes } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import type { Client } from 'pg';
import { newId } from '@/lib/ids';
import { hashToken } from '@/server/auth/session';
import { deriveKey } from '@/server/keys';

export type Visitor = {
  name: string;
  /** The whole platform, the largest organization, or one of about 100 people. */
  kind: 'platform' | 'largest' | 'hundred';
  token: string;
  cookie: string;
  organizationId: string | null;
  people: number;
};

/** Signs in a System Admin, and the Org Admins of the largest organization and of one of about 100 people. */
export async function signInVisitors(client: Client, secret: string): Promise<Visitor[]> {
  await client.query(`DELETE FROM "user" WHERE email LIKE 'bench-%@rollcall.example'`);
  const { rows } = await client.query<{ id: string; people: number }>(
    `SELECT organization_id AS id, count(*)::int AS people FROM membership GROUP BY 1 ORDER BY 2 DESC`,
  );
  const [largest] = rows;
  const hundred = rows.reduce((best, row) => (Math.abs(row.people - 100) < Math.abs(best.people - 100) ? row : best));
  const visitor = async (
    name: string,
    kind: Visitor['kind'],
    organization: typeof largest | null,
  ): Promise<Visitor> => {
    const role = organization ? 'org-admin' : 'system-admin';
    const id = await makePerson(client, name, organization?.id ?? null, role);
    const signedIn = await signIn(client, id, secret);
    return { name, kind, ...signedIn, organizationId: organization?.id ?? null, people: organization?.people ?? 0 };
  };
  return [
    await visitor('admin', 'platform', null),
    await visitor('org-admin-largest', 'largest', largest ?? null),
    await visitor('org-admin-hundred', 'hundred', hundred),
  ];
}

/** Signs in `count` more System Admins and returns their cookies. */
export async function signInCrowd(client: Client, count: number, secret: string): Promise<string[]> {
  const cookies: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    const id = await makePerson(client, `crowd-${n}`, null, 'system-admin');
    cookies.push((await signIn(client, id, secret)).cookie);
  }
  return cookies;
}

async function makePerson(client: Client, name: string, organizationId: string | null, role: string): Promise<string> {
  const id = newId();
  // Older than everybody, so that no page of the list shifts.
  await client.query(
    `INSERT INTO "user" (id, email, first_name, last_name, status, activated_at, created_at)
     VALUES ($1, $2, 'Bench', $3, 'active', '2001-01-01', '2001-01-01')`,
    [id, `bench-${name}@rollcall.example`, name],
  );
  if (organizationId === null) {
    await client.query(`INSERT INTO user_role (user_id, role_id) SELECT $1, id FROM role WHERE key = $2`, [id, role]);
    return id;
  }
  await client.query(
    `INSERT INTO membership (user_id, organization_id, email, sort_name, search, first_key, last_key, status, created_at)
     SELECT id, $2, email, sort_name, search, first_key, last_key, status, created_at FROM "user" WHERE id = $1`,
    [id, organizationId],
  );
  await client.query(
    `INSERT INTO membership_role (user_id, organization_id, role_id) SELECT $1, $2, id FROM role WHERE key = $3`,
    [id, organizationId, role],
  );
  return id;
}

/** Makes a session row and its cookie as signing in does, for http on loopback. */
async function signIn(client: Client, userId: string, secret: string): Promise<{ token: string; cookie: string }> {
  const token = randomBytes(32).toString('base64url');
  await client.query(
    `INSERT INTO session (id, token_hash, user_id, expires_at) VALUES ($1, $2, $3, app_now() + interval '1 day')`,
    [newId(), Buffer.from(hashToken(token)), userId],
  );
  const value = await encode({ token: { sid: token }, secret: deriveKey(secret, 'next-auth'), maxAge: 86_400 });
  return { token, cookie: `rollcall.session=${value}` };
}
