import { assertAppRoleIsHarmless } from '@/server/db/grants';
import { migrate, roleOf } from '@/server/db/migrate';
import { env } from '@/server/env';

/** Brings the database up to date and refuses an application role that could rewrite the audit log. */
const { DATABASE_URL, MIGRATE_DATABASE_URL } = env();
try {
  if (!MIGRATE_DATABASE_URL) throw new Error('Set MIGRATE_DATABASE_URL: the same database, as the role that owns it.');
  const applied = await migrate({ url: MIGRATE_DATABASE_URL, applicationRole: roleOf(DATABASE_URL) });
  for (const name of applied) console.log(name);
  await assertAppRoleIsHarmless(DATABASE_URL);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
