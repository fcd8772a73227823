import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/server/db/migrate';
import { startPgBouncer } from './pgbouncer';
import { prepareReset } from './reset';
import { existingServer, ownServer, type TestServer } from './server';
import { fillTemplate } from './template';

declare module 'vitest' {
  interface ProvidedContext {
    database: { template: string; urls: TestServer['urls']; prefix: string };
  }
}

/**
 * Starts one Postgres for the whole run, with a migrated and filled template database that each worker copies.
 * With TEST_PGBOUNCER the application's role reaches the copies through that program; the template is made past it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prefix = `rollcall_test_${randomBytes(4).toString('hex')}`;
  const directory = await mkdtemp(path.join(tmpdir(), 'rollcall-test-'));
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? await existingServer(given, prefix) : await ownServer(directory);
  const template = `${prefix}_template`;
  await server.createDatabase(template);
  await migrate({ url: server.urls.owner.replace('{database}', template), applicationRole: server.applicationRole });
  await fillTemplate(server.urls.application.replace('{database}', template));
  await prepareReset(server.urls.superuser.replace('{database}', template));
  await server.sealTemplate(template);
  const program = process.env.TEST_PGBOUNCER;
  const pooler = program ? await startPgBouncer(program, server.urls.application) : null;
  const urls = { ...server.urls, ...(pooler && { application: pooler.url }) };
  project.provide('database', { template, urls, prefix });
  return async () => {
    await pooler?.stop();
    await server.stop(prefix);
    await rm(directory, { recursive: true, force: true });
  };
}
