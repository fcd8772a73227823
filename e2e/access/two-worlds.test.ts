import { afterAll, beforeAll, expect, test } from 'vitest';
import { isThorough } from './support/extent';
import { askAgain, crawl } from './support/two-worlds/crawl';
import { differences } from './support/two-worlds/differences';
import { importFile } from './support/two-worlds/imports';
import { foreignMoves, type Move, movesOf } from './support/two-worlds/moves';
import { seedsOf } from './support/two-worlds/seeds';
import { startWorlds, type World, type Worlds } from './support/two-worlds/servers';
import { recorder } from './support/two-worlds/steps';
import { isAdmin, readers } from './support/two-worlds/worlds';

/** Known to both worlds, and known only to the second, as names, addresses and beginnings of names. */
const terms = ['larkin', 'quillfeather', 'overlap', 'elsewhere.active@shared.example', 'ho', 'moreau.b'];

let worlds: Worlds;
beforeAll(async () => {
  worlds = await startWorlds();
});
afterAll(() => worlds?.stop());

test.each(readers)(
  'what the %s reads is the same, whatever other organizations there are',
  async (name) => {
    const { one, two, knownIds, first } = worlds;
    const { cookie } = first.readers[name];
    await worlds.reset();
    const seeds = seedsOf(worlds, name, { terms, isThorough });
    const limits = { perShape: isThorough ? 3 : 1, isShort: !isThorough };
    const answers = await crawl({ url: one.url, cookie }, { seeds, terms, ...limits });
    const shown = [...answers.values()].filter(({ answer }) => answer.status === 200).length;
    expect(shown, 'answers that show something').toBeGreaterThan(isAdmin(name) ? 150 : 20);
    const again = await askAgain({ url: two.url, cookie }, answers);
    expect(differences(answers, again, knownIds), `${answers.size} answers`).toEqual([]);
  },
  1_200_000,
);

async function inBoth(steps: (world: World, record: ReturnType<typeof recorder>) => Promise<void>) {
  await worlds.reset();
  const { one, two, knownIds } = worlds;
  const [first, second] = await Promise.all(
    [one, two].map(async (world) => {
      const record = recorder(world, knownIds);
      await steps(world, record);
      return record.answers;
    }),
  );
  return differences(first ?? new Map(), second ?? new Map(), knownIds);
}

/** Each form does what it should, so that two answers are not the same only because neither did anything. */
async function sendAll(record: ReturnType<typeof recorder>, moves: Move[]) {
  for (const move of moves) {
    const target = await record.send(move, worlds.first.readers);
    expect.soft(target === null, `${move.name} was refused`).toBe(move.isRefused ?? false);
  }
}

const afterwards = ['/', '/users', '/users?q=quillfeather', '/invitations?show=all', '/emails', '/audit', '/groups'];

test('forms answer, write mails and change pages alike, whether or not an address is known elsewhere', async () => {
  const found = await inBoth(async (_world, record) => {
    await sendAll(record, movesOf(worlds));
    for (const path of afterwards) await record.look(path, worlds.first.readers['org admin'], { path });
  });
  expect(found).toEqual([]);
});

test('a record of another organization is refused like one that does not exist', async () => {
  const found = await inBoth(async (_world, record) => {
    await sendAll(record, foreignMoves(worlds));
  });
  expect(found).toEqual([]);
});

test('an import says and does the same, whether or not its addresses are known elsewhere', async () => {
  const found = await inBoth(async (world, record) => {
    expect(await importFile(world, worlds, record)).toEqual({ state: 'done', create: 8, update: 3 });
    for (const path of afterwards) await record.look(path, worlds.first.readers['org admin'], { path });
  });
  expect(found).toEqual([]);
});
