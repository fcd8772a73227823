import { assertAppRoleIsHarmless } from '@/server/db/application-role';
import { migrate, roleOf } from '@/server/db/migrate';
import { tlsProblem } from '@/server/db/tls';
import { env } from '@/server/env';

/** Brings the database up to date and refuses an application role that could rewrite the audit log. */
const { DATABASE_URL, MIGRATE_DATABASE_URL } = env();
try {
  if (!MIGRATE_DATABASE_URL)
    throw new Error('Set MIGRATE_DATABASE_URL to the same database, with the role that owns it.');
  const applied = await migrate({ url: MIGRATE_DATABASE_URL, applicationRole: roleOf(DATABASE_URL) });
  for (const name of applied) console.log(name);
  await assertAppRoleIsHarmless(DATABASE_URL);
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const { host } = new URL(MIGRATE_DATABASE_URL ?? DATABASE_URL);
  if (code === '28P01' || code === '28000')
    return `The database at ${host} refuses the user or password. Correct its URL.`;
  if (code === '3D000') return `The server at ${host} has no database of that name. Create it, then start again.`;
  if (/^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN)$/.test(code ?? '')) {
    return `No database answers at ${host} (${code}). Start it, or correct DATABASE_URL and MIGRATE_DATABASE_URL.`;
  }
  return tlsProblem(error) ?? message ?? String(error);
}
