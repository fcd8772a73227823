import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '@/server/db/cluster';
import { startWeb } from '../../../e2e/access/support/server-process';
import type { Place } from './place';

/** Another checkout with a build, to run this suite without building here. */
const tree = path.resolve(process.env.FAULTS_TREE ?? '.');

export type Web = { url: string; isUp(): boolean; log(): string; stop(): Promise<void> };

/** Starts one more web process of the production build, at its own address instead of the one in mails. */
export async function startWebAt(place: Place, name: string): Promise<Web> {
  const port = await freePort();
  const log = path.join(place.directory, `${name}.log`);
  const url = `http://127.0.0.1:${port}`;
  const web = await startWeb(tree, { ...place.settings, PORT: String(port), PUBLIC_URL: url }, log);
  return {
    url,
    isUp: () => isAlive(web.pid),
    log: () => readFileSync(log, 'utf8'),
    stop: web.stop,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
