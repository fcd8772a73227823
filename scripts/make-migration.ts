import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCluster } from '@/server/db/cluster';
import { migrationScript } from '@/server/db/migrate';

/** `npm run migration -- name` writes the step from the migrations to prisma/*.prisma. Read it before committing it. */
const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{2,60}$/.test(name)) {
  console.log('Give the migration a name of lower-case words: npm run migration -- add_phone_to_user');
  process.exit(1);
}

const directory = await mkdtemp(path.join(tmpdir(), 'rollcall-migration-'));
const cluster = await startCluster({ directory, database: 'shadow', settings: { fsync: 'off' } });
try {
  const script = await migrationScript(cluster.url('rollcall_owner'));
  if (script === '') {
    console.log('The migrations already match the schema.');
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = path.join('prisma/migrations', `${stamp}_${name}`);
    await mkdir(folder);
    await writeFile(path.join(folder, 'migration.sql'), `${script}\n`);
    console.log(`Wrote ${folder}/migration.sql`);
  }
} finally {
  await cluster.discard();
}
