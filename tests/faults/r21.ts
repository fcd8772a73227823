import { withClient } from '@/server/db/cluster';
import { makeWorld, vacuum } from '../../prisma/seed/world';
import { type Entry, publicEntries, searches } from '../flood/entries';
import { measure, percentile, underFlood } from '../flood/flood';
import type { Fault, FaultOutcome } from './fault';
import { openFloodedPlace, type Scene, sources } from './support/flooded-place';

const fullMs = 60_000;
/** A second is too short for a percentile: it only finds a flood that stops everybody else. */
const allowed = (share: number) => (share === 1 ? 2 : share > 0 ? 5 : 20);
/** Below this the clock of a shared machine decides. */
const leastMs = 20;
const fullSignIns = 500;

/** One source floods each public entry and each search while a second one works. */
export const r21: Fault = {
  id: 'R21',
  what: 'one source that floods each public entry and each search; 500 sign-ins at once',
  mustHold:
    'another source’s list, sign-in and reset mail stay at 2 × idle, and the list at 5 × idle while 500 people sign in',
  async run({ share, say }) {
    const scene = await openFloodedPlace(async (ownerUrl) => {
      const users = share === 1 ? 100_000 : 2_000;
      await withClient(ownerUrl, async (client) => {
        await makeWorld(client, { users, seed: 1, say: () => undefined });
        await vacuum(client);
      });
    });
    try {
      const ms = Math.max(1_000, share * fullMs);
      const outcomes = [
        await floodEverything(scene, { ms, most: allowed(share), say }),
        await signInAtOnce(scene, { count: Math.max(20, share * fullSignIns), share }),
        await waitForMail(scene, { ms, share }),
      ];
      return {
        runs: outcomes.reduce((sum, { runs }) => sum + runs, 0),
        broken: [...outcomes.flatMap(({ broken }) => broken), ...scene.problems()],
        note: outcomes.map(({ note }) => note).join('; '),
      };
    } finally {
      await scene.close();
    }
  },
};

async function floodEverything(
  scene: Scene,
  { ms, most, say }: { ms: number; most: number; say(line: string): void },
): Promise<FaultOutcome> {
  const forgotPassword = await scene.forgotPasswordBody();
  const flooded: [Entry, string][] = [
    ...publicEntries(scene.origin, forgotPassword).map((entry): [Entry, string] => [entry, '']),
    ...searches.map((entry): [Entry, string] => [entry, scene.reader.cookie()]),
  ];
  let idle = await measure(scene.list, 2_000, 40);
  const broken: string[] = [];
  let worst = { ratio: 0, name: '' };
  for (const [entry, cookie] of flooded) {
    // Whatever else the machine does changes with time, so a longer run measures it again each time.
    if (ms > 1_000) idle = await measure(scene.list, ms / 6, 40);
    const from = { origin: scene.origin, source: sources.flood, cookie };
    const { result, answered } = await underFlood(entry, from, () => measure(scene.list, ms, 5));
    const [before, under] = [percentile(idle, 0.99), percentile(result, 0.99)];
    const ratio = under / Math.max(before, leastMs);
    if (ratio > worst.ratio) worst = { ratio, name: entry.name };
    const figures = `${under.toFixed(0)} ms instead of ${before.toFixed(0)} (p99)`;
    say(`${entry.name}: ${ratio.toFixed(1)} ×, ${figures}; ${answered} flood requests answered`);
    if (!(ratio <= most)) broken.push(`Flooded with ${entry.name}, a list took ${figures}`);
    if (answered === 0) broken.push(`The flood of ${entry.name} was never answered`);
  }
  const note = `${flooded.length} floods, a list at most ${worst.ratio.toFixed(1)} × idle (${worst.name})`;
  return { runs: flooded.length, broken, note };
}

/** From many places at once, as at nine in the morning. */
async function signInAtOnce(scene: Scene, { count, share }: { count: number; share: number }): Promise<FaultOutcome> {
  const idle = percentile(await measure(scene.list, 2_000, 40), 0.99);
  let isOver = false;
  const signingIn = scene.signInAll(count).finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  while (!isOver) times.push(await scene.list());
  const refused = await signingIn;
  const ratio = percentile(times, 0.99) / Math.max(idle, leastMs);
  const most = share === 1 ? 5 : 20;
  const broken = ratio <= most ? [] : [`While ${count} people signed in, a list took ${ratio.toFixed(1)} × idle`];
  if (refused > 0) broken.push(`${refused} of ${count} people could not sign in`);
  return { runs: count, broken, note: `${count} sign-ins at once, a list at ${ratio.toFixed(1)} × idle` };
}

/** A flood of sign-ins and one of requests for a new password, while others do the same for real. */
async function waitForMail(scene: Scene, { ms, share }: { ms: number; share: number }): Promise<FaultOutcome> {
  const [, signIn, , help] = publicEntries(scene.origin, await scene.forgotPasswordBody());
  if (!signIn || !help) throw new Error('The entries of the flood have moved.');
  const works = [
    { name: 'a sign-in on a known device', step: scene.signInAgain, entry: signIn, least: 20 },
    { name: 'a sign-in on a known device', step: scene.signInAgain, entry: help, least: 20 },
    { name: 'the mail to somebody who forgot the password', step: scene.resetMail, entry: help, least: 3 },
    { name: 'the mail to somebody who forgot the password', step: scene.resetMail, entry: signIn, least: 3 },
  ];
  const broken: string[] = [];
  const notes: string[] = [];
  for (const { name, step, entry, least } of works) {
    const isMail = least < 10;
    const idle = await measure(step, 1_000, least);
    const from = { origin: scene.origin, source: sources.flood };
    const { result } = await underFlood(entry, from, () => measure(step, isMail ? 0 : ms / 2, least));
    // The queue is asked once a second, so a mail takes up to two more without any load.
    const before = Math.max(percentile(idle, 0.99), isMail ? 2_500 : leastMs);
    const ratio = percentile(result, 0.99) / before;
    notes.push(`${name} under ${entry.name}: ${ratio.toFixed(1)} × idle`);
    if (!(ratio <= allowed(share))) broken.push(`${notes.at(-1)}`);
  }
  return { runs: works.length, broken, note: notes.join(', ') };
}
