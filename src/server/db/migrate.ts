import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MigrationList, SchemasContainer } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { grantApplicationRole } from '@/server/db/application-role';
import { withSchemaEngine } from '@/server/db/schema-engine';

const noFilter = { externalTables: [], externalEnums: [] };
/** An arbitrary number for the lock; replicas that start together migrate one after the other. */
const lockKey = 7_255_011_926;

export type MigrateOptions = {
  url: string;
  applicationRole: string;
  directory?: string;
};

/** Applies missing migrations and renews the grants. Returns the names of the applied ones. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const directory = options.directory ?? 'prisma';
  const lock = new pg.Client({ connectionString: options.url });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const migrationsList = await readMigrations(directory);
    const applied = await withSchemaEngine({ url: options.url }, (engine) =>
      engine.applyMigrations({ migrationsList, filters: noFilter }),
    );
    await grantApplicationRole(lock, options.applicationRole);
    return applied.appliedMigrationNames;
  } finally {
    await lock.end();
  }
}

export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/** Indexes that the Prisma schema cannot express; only the migrations create them. */
export const indexesWrittenByHand = [
  'email_change_open',
  'email_to_address_created_at_id_idx',
  'email_to_address_trgm',
  'invitation_email_start',
  'invitation_held',
  'invitation_reminder',
  'invitation_search_trgm',
  'membership_first_key_idx',
  'membership_inside',
  'membership_last_key_idx',
  'membership_search_trgm',
  'organization_name_trgm',
  'user_first_key_idx',
  'user_last_key_idx',
  'user_search_trgm',
];

/** SQL from the state of the migrations to prisma/*.prisma; empty when they agree. `shadowUrl`: an empty database. */
export async function migrationScript(shadowUrl: string, directory = 'prisma'): Promise<string> {
  const migrations = await readMigrations(directory);
  const schema = await readSchema(directory);
  const result = await withSchemaEngine({ url: shadowUrl, shadowUrl }, (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: noFilter,
    }),
  );
  return withoutHandWritten(result.stdout ?? '');
}

/** The engine would drop indexes that are not in the schema. */
function withoutHandWritten(script: string): string {
  const steps = script.split(/^(?=-- \w)/m).filter((step) => !step.startsWith('-- This is an empty migration'));
  const drops = indexesWrittenByHand.map((name) => `DROP INDEX "${name}";`);
  return steps
    .filter((step) => !drops.some((drop) => step.includes(drop)))
    .join('')
    .trim();
}

async function readSchema(directory: string): Promise<SchemasContainer> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.prisma')).sort();
  const files = names.map(async (name) => ({
    path: path.resolve(directory, name),
    content: await readFile(path.join(directory, name), 'utf8'),
  }));
  return { files: await Promise.all(files) };
}

async function readMigrations(directory: string): Promise<MigrationList> {
  const baseDir = path.resolve(directory, 'migrations');
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = names.map(async (name) => ({
    path: name,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(path.join(baseDir, name, 'migration.sql'), 'utf8') },
    },
  }));
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(path.join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(migrationDirectories),
  };
}
