import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareReset } from '@tests/support/reset';
import { ownServer, type TestServer } from '@tests/support/server';
import { fillTemplate } from '@tests/support/template';
import type { TestProject } from 'vitest/node';
import { createDb } from '@/server/db/client';
import { freePort } from '@/server/db/cluster';
import { migrate } from '@/server/db/migrate';
import { buildWithoutProxy } from './build-without-proxy';
import { copyDatabase } from './copy-database';
import { startWeb } from './server-process';
import { settingsFor } from './settings';
import type { World } from './world';

declare module 'vitest' {
  interface ProvidedContext {
    world: World;
    settings: Record<string, string>;
    access: { url: string; superuserUrl: string; tree: string; log: string; pid: number; hasProxy: boolean };
    /** URLs have `{database}` in place of the name. `empty` is a database without any people, to be copied. */
    cluster: { urls: TestServer['urls']; empty: string; directory: string };
  }
}

const database = 'access';
const empty = 'access_empty';

/**
 * Starts a database with records and the production build. There is no worker and no mailbox, so only requests of the
 * suite change rows. `ACCESS_TREE` names another checkout with a build; `ACCESS_WITHOUT_PROXY=1` builds a copy without
 * `src/proxy.ts`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), 'rollcall-access-'));
  const root = path.resolve(process.env.ACCESS_TREE ?? '.');
  const tree = process.env.ACCESS_WITHOUT_PROXY === '1' ? await buildWithoutProxy(root) : root;
  const server = await ownServer(directory);
  try {
    const web = await open(project, server, tree, directory);
    return async () => {
      await web.stop();
      await server.stop('');
      await rm(directory, { recursive: true, force: true });
    };
  } catch (error) {
    await server.stop('');
    throw error;
  }
}

async function open(project: TestProject, server: TestServer, tree: string, directory: string) {
  await server.createDatabase(database);
  const [superuserUrl, ownerUrl, appUrl] = [server.urls.superuser, server.urls.owner, server.urls.application].map(
    (url) => url.replace('{database}', database),
  ) as [string, string, string];
  await migrate({ url: ownerUrl, applicationRole: server.applicationRole });
  await fillTemplate(appUrl);
  await copyDatabase(server.urls, database, empty);

  const settings = settingsFor(await freePort(), appUrl);
  Object.assign(process.env, settings);
  const db = createDb(appUrl, 4);
  const { makeWorld } = await import('./world');
  const world = await makeWorld(db);
  await db.$disconnect();
  await prepareReset(superuserUrl);

  const log = path.join(directory, 'web.log');
  const web = await startWeb(tree, settings, log);
  project.provide('cluster', { urls: server.urls, empty, directory });
  project.provide('world', world);
  project.provide('settings', settings);
  project.provide('access', {
    url: settings.PUBLIC_URL ?? '',
    superuserUrl,
    tree,
    log,
    pid: web.pid,
    hasProxy: existsSync(path.join(tree, 'src/proxy.ts')),
  });
  return web;
}
