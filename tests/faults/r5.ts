import { setTimeout as sleep } from 'node:timers/promises';
import { roleId } from '@tests/support/factories';
import { makePerson } from '@tests/support/sign-in';
import type { Fault } from './fault';
import { type ImportRun, openImportRun } from './support/import-run';
import { makeTraffic, type Traffic } from './support/traffic';
import { startWebAt, type Web } from './support/web';
import { startWorkers } from './support/workers';

const fullRestarts = 20;

export const r5: Fault = {
  id: 'R5',
  what: 'Postgres restarted under traffic, every second time by kill -9: readers, writers, an import',
  mustHold: 'no acknowledged write lost; 503 with Retry-After meanwhile; back by itself in ≤ 10 s',
  async run({ share, say }) {
    const run = await openImportRun('R5', { ROLLCALL_SILENCE_SECONDS: '4' }, say);
    try {
      return await restartUnderTraffic(run, Math.max(1, Math.round(fullRestarts * share)));
    } finally {
      await run.close();
    }
  },
};

async function restartUnderTraffic(run: ImportRun, restarts: number) {
  const { place } = run;
  const admin = await makePerson(place.db, { email: 'admin@example.org' });
  await place.db.userRole.create({ data: { userId: admin.id, roleId: await roleId(place.db, 'system-admin') } });
  const web = await startWebAt(place, 'web');
  const workers = startWorkers(place, 1);
  try {
    const id = await beginImport(run, restarts * 1_000);
    const traffic = await makeTraffic(web.url, admin.email);
    const broken: string[] = [];
    let longestBack = 0;
    for (let n = 0; n < restarts; n += 1) {
      await sleep(1_500);
      const downMs = await place.restartDatabase(n % 2 === 0 ? 'crash' : 'fast');
      const back = await untilBack(web, traffic);
      longestBack = Math.max(longestBack, back);
      run.say(`restart ${n + 1}: down ${(downMs / 1000).toFixed(1)} s, back after ${(back / 1000).toFixed(1)} s`);
    }
    await sleep(1_500);
    await traffic.stop();
    for (let waited = 0; (await run.progressOf(id)).state !== 'done' && waited < 120; waited += 1) await sleep(1000);
    if (longestBack > 10_000) broken.push(`Rollcall answered again only after ${(longestBack / 1000).toFixed(0)} s`);
    broken.push(...traffic.complaints(), ...(await lostWrites(run, traffic)), ...webProblems(web));
    broken.push(...(await run.checkEverything()));
    const deaths = workers.all.reduce((sum, worker) => sum + worker.deaths(), 0);
    const { acknowledged, unavailable, longestMs, answers } = traffic.figures();
    const note = `${answers} answers, ${unavailable} of them 503, the slowest ${(longestMs / 1000).toFixed(1)} s; all ${acknowledged} acknowledged writes there; back after ${(longestBack / 1000).toFixed(1)} s; worker restarted ${deaths} times`;
    return { runs: restarts, broken, note };
  } finally {
    await workers.stop();
    await web.stop();
  }
}

async function beginImport(run: ImportRun, count: number): Promise<string> {
  const { rows, file } = await run.makeFile(count, 'restarts', 2);
  const id = await run.act('upload', file);
  if (id === null) throw new Error('The upload was killed although no crash point was set.');
  run.keep({ id, rows, mark: 'restarts' });
  await run.act('prepare', id);
  for (let waited = 0; (await run.progressOf(id)).state !== 'ready'; waited += 1) {
    if (waited > 300) throw new Error('The import was not validated.');
    await sleep(200);
  }
  await run.act('confirm', id);
  return id;
}

/** Milliseconds until the first page is answered after Postgres accepts connections again. */
async function untilBack(web: Web, traffic: Traffic): Promise<number> {
  const begun = Date.now();
  while (Date.now() - begun < 30_000) {
    if (!web.isUp()) return Number.POSITIVE_INFINITY;
    if ((await traffic.visit('/users')).status === 200) break;
    await sleep(50);
  }
  return Date.now() - begun;
}

/** Writes that were acknowledged to the client and are missing from the database. */
async function lostWrites(run: ImportRun, traffic: Traffic): Promise<string[]> {
  const stored = await run.query<{ email: string }>(
    `SELECT i.email FROM invitation i JOIN email e ON e.subject_id = i.id JOIN audit_event a ON a.subject_id = i.id
      WHERE a.action = 'invitation.created'`,
  );
  const known = new Set(stored.map((row) => row.email));
  const lost = traffic.acknowledged().filter((email) => !known.has(email));
  return lost.length > 0 ? [`${lost.length} acknowledged writes are lost: ${lost.slice(0, 3).join(', ')}`] : [];
}

/** A database restart is not a bug of Rollcall, so the log may contain neither a bug nor an unhandled rejection. */
function webProblems(web: Web): string[] {
  const bugs = web.log().match(/"event":"bug".*/g) ?? [];
  return [
    ...(bugs.length > 0
      ? [`${bugs.length} bugs in the log of the web process: ${bugs[0]?.slice(0, 200)} … ${bugs[0]?.slice(-200)}`]
      : []),
    ...(web.isUp() ? [] : ['The web process died']),
  ];
}
