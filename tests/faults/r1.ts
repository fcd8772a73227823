import { type CrashPoint, crashPoints } from '@/server/crash-point';
import type { Fault } from './fault';
import { openImportRun } from './support/import-run';
import { killAtCrashPoints, killAtRandom, noKills } from './support/kills';

const crashPointRows = 1_200;
const fullRows = 100_000;
const fullKills = 200;

/** Upload, validation, confirmation, applying, mail, seal: a kill in each. */
const onePerStage: CrashPoint[] = [
  'import.stage.copied',
  'import.validate.beforeCommit',
  'plan.confirm.beforeCommit',
  'plan.chunk.beforeCommit',
  'mail.data',
  'seal.beforeCommit',
];

/** A worker counts as lost after three seconds: with the usual ten, 200 kills would take an hour. */
const silence = { ROLLCALL_SILENCE_SECONDS: '3' };

export const r1: Fault = {
  id: 'R1',
  what: `kill -9 at every crash point, and at random times in an import of ${fullRows.toLocaleString('en')} rows`,
  mustHold: 'nothing lost or done twice; work continues ≤ 30 s after restart; ≤ 500 rows repeated per kill',
  async run({ share, say }) {
    const run = await openImportRun('R1', silence, say);
    try {
      const points = await killAtCrashPoints(run, crashPointRows, share === 0 ? onePerStage : crashPoints);
      const kills = Math.round(fullKills * share);
      const random = kills > 0 ? await killAtRandom(run, Math.round(fullRows * share), kills) : noKills;
      const broken = [...points.broken, ...random.broken, ...(await run.checkEverything())];
      const repeated = await run.repeatedRows();
      if (repeated > 500) broken.push(`${repeated} rows were repeated per kill`);
      const longest = Math.max(points.longestPauseMs, random.longestPauseMs) / 1000;
      if (longest > 30) broken.push(`No work was done for ${longest.toFixed(0)} s after a kill`);
      const note = `${points.hit} crash points, ${random.kills} random kills; ${repeated} rows repeated per takeover; work continued after at most ${longest.toFixed(1)} s`;
      return { runs: points.kills + random.kills, broken, note };
    } finally {
      await run.close();
    }
  },
};
