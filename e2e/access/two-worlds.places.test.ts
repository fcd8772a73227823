import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Request } from './support/two-worlds/answers';
import { type Answers, crawl } from './support/two-worlds/crawl';
import { differences } from './support/two-worlds/differences';
import { foreignMoves, type Move, movesOf } from './support/two-worlds/moves';
import { answerTo, note, type Place, type Reached, reaching } from './support/two-worlds/places';
import { seedsOf } from './support/two-worlds/seeds';
import { startWorlds, type Worlds } from './support/two-worlds/servers';
import { recorder } from './support/two-worlds/steps';

/** Only `npm run test:all`: every place is asked again with its condition left out. */
const isThorough = process.env.INSPECT === 'all';
const terms = ['larkin', 'quillfeather', 'overlap', 'elsewhere.active@shared.example', 'ho', 'moreau.b'];
const admins = ['org admin', 'admin of two organizations'] as const;

/** So many requests or forms are tried for each place. */
const tries = 12;

let worlds: Worlds;
beforeAll(async () => {
  if (isThorough) worlds = await startWorlds({ hasSwitch: true });
});
afterAll(() => worlds?.stop());

type Tried = { answers: Answers; again(): Promise<Answers> };

/** Each request and form that reaches a place, in the world that has something to hide, with its usual answer. */
async function tryAll(): Promise<Reached<Tried>> {
  const reached: Reached<Tried> = new Map();
  const add = async (again: () => Promise<Answers>) => {
    let answers: Answers = new Map();
    const places = await reaching(worlds.two, null, async () => {
      answers = await again();
    });
    note(reached, places, { answers, again });
  };
  for (const reader of admins) {
    const { cookie } = worlds.first.readers[reader];
    await worlds.reset();
    const seeds = seedsOf(worlds, reader, { terms, isThorough: true });
    const asked = await crawl({ url: worlds.two.url, cookie }, { seeds, terms, perShape: 2, isShort: true });
    for (const { request } of asked.values()) await add(() => answerAlone(cookie, request));
  }
  for (const move of [...movesOf(worlds), ...foreignMoves(worlds)]) await add(() => sendAlone(move));
  return reached;
}

async function answerAlone(cookie: string, request: Request): Promise<Answers> {
  // A download is counted, and only so many are allowed.
  if (request.fields) await worlds.reset();
  return answerTo(worlds.two, cookie, request);
}

async function sendAlone(move: Move): Promise<Answers> {
  await worlds.reset();
  const record = recorder(worlds.two, worlds.knownIds);
  await record.send(move, worlds.first.readers);
  return record.answers;
}

async function matters(place: Place, found: Tried[]): Promise<boolean> {
  for (const { answers, again } of found.slice(0, tries)) {
    let changed: Answers = new Map();
    await reaching(worlds.two, place, async () => {
      changed = await again();
    });
    if (differences(answers, changed, worlds.knownIds).length > 0) return true;
  }
  return false;
}

test.runIf(isThorough)(
  'leaving out the condition of any place changes what somebody gets',
  async () => {
    const reached = await tryAll();
    expect(reached.size).toBeGreaterThan(30);
    const needless: string[] = [];
    for (const [place, found] of reached) if (!(await matters(place, found))) needless.push(place);
    expect(needless, `${reached.size} places`).toEqual([]);
  },
  3_600_000,
);
