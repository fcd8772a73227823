import { afterAll, beforeAll, expect, test } from 'vitest';
import { isThorough } from './support/extent';
import { nameOf, type Request } from './support/two-worlds/answers';
import { type Answers, crawl } from './support/two-worlds/crawl';
import { differences } from './support/two-worlds/differences';
import { foreignMoves, type Move, movesOf } from './support/two-worlds/moves';
import { answerTo, note, type Place, type Reached, reaching, sourceOf } from './support/two-worlds/places';
import { seedsOf } from './support/two-worlds/seeds';
import { startWorlds, type Worlds } from './support/two-worlds/servers';
import { recorder } from './support/two-worlds/steps';

const terms = ['larkin', 'quillfeather', 'overlap', 'elsewhere.active@shared.example', 'ho', 'moreau.b'];
const admins = ['org admin', 'admin of two organizations'] as const;

/** So many requests or forms are tried for each place, those about records of others first. */
const tries = 40;

let worlds: Worlds;
beforeAll(async () => {
  if (isThorough) worlds = await startWorlds({ hasSwitch: true });
});
afterAll(() => worlds?.stop());

/** Conditions behind another guard: leaving them out changes nothing that anybody sees. */
const guardedTwice = {
  'audit/involved.queries.ts audit.read g.organization_id': 'the events of what it finds are read in scope',
  'audit/involved.queries.ts audit.read i.organization_id': 'the events of what it finds are read in scope',
  'audit/involved.queries.ts audit.read o.id': 'the events of what it finds are read in scope',
  'audit/names.queries.ts audit.read o.id': 'the ids come from events that are in scope',
  'emails/details.queries.ts invitations.read e.organization_id': 'its invitation was read in scope before',
  'exports/access-columns.queries.ts users.read w.organization_id':
    'only invitations that were read in scope are named',
  'home/waiting.queries.ts users.invite p.organization_id': 'only the reader’s own plans are counted',
  'invitations/bulk/plan.queries.ts users.invite p.organization_id': 'only the reader’s own plans are listed',
  'invitations/bulk/plan.service.ts invitations.read i.organization_id': 'who may change it may read it',
  'invitations/send.service.ts users.invite id': 'the permission there is checked before',
  'memberships/groups.service.ts groups.update g.organization_id': 'the person must be a member there',
  'users/filter.queries.ts users.read o.id': 'the list is also narrowed to where people may be read',
  'users/filter.queries.ts users.read t.organization_id': 'the people of a team are read in scope',
  'users/invited-accounts.service.ts users.invite m.organization_id':
    'nobody of the two worlds who was never active is a member elsewhere: see invited-accounts.never-active.test.ts',
  'users/list-row-columns.queries.ts users.read i.organization_id':
    'the row was read in scope, and who reads people of the two worlds there reads and sends invitations there too',
  'users/view.queries.ts users.archive m.organization_id': 'checked again under the lock',
  'users/view.queries.ts users.deactivate m.organization_id': 'checked again under the lock',
  'users/view.queries.ts users.reset-password m.organization_id': 'checked again under the lock',
};

type Tried = { name: string; answers: Answers; again(): Promise<Answers> };

/** Each request and form that reaches a place, in the world that has something to hide, with its usual answer. */
async function tryAll(): Promise<Reached<Tried>> {
  const reached: Reached<Tried> = new Map();
  const add = async (name: string, again: () => Promise<Answers>) => {
    let answers: Answers = new Map();
    const places = await reaching(worlds.two, null, async () => {
      answers = await again();
    });
    note(reached, places, { name, answers, again });
  };
  for (const reader of admins) {
    const { cookie } = worlds.first.readers[reader];
    await worlds.reset();
    const seeds = seedsOf(worlds, reader, { terms, isThorough: true });
    const asked = await crawl({ url: worlds.two.url, cookie }, { seeds, terms, perShape: 2, isShort: true });
    for (const { request } of asked.values()) await add(nameOf(request), () => answerAlone(cookie, request));
  }
  for (const move of [...movesOf(worlds), ...foreignMoves(worlds)])
    await add(JSON.stringify(move), () => sendAlone(move));
  return reached;
}

async function answerAlone(cookie: string, request: Request): Promise<Answers> {
  // Otherwise what was sent before would make a difference: an event in the audit log, a download that is counted.
  await worlds.reset();
  return answerTo(worlds.two, cookie, request);
}

async function sendAlone(move: Move): Promise<Answers> {
  await worlds.reset();
  const record = recorder(worlds.two, worlds.knownIds);
  await record.send(move, worlds.first.readers);
  return record.answers;
}

async function matters(place: Place, found: Tried[]): Promise<boolean> {
  const { first, second } = worlds;
  const others = [...Object.values(second.foreign).flat(), ...second.slugs, ...first.overlapping.map(({ id }) => id)];
  const isAboutOthers = ({ name }: Tried) => others.some((id) => name.includes(id));
  const inOrder = [...found.filter(isAboutOthers), ...found.filter((each) => !isAboutOthers(each))];
  for (const { answers, again } of inOrder.slice(0, tries)) {
    let changed: Answers = new Map();
    await reaching(worlds.two, place, async () => {
      changed = await again();
    });
    if (differences(answers, changed, worlds.knownIds).length > 0) return true;
  }
  return false;
}

// Each place is asked again with its condition left out, which takes long.
test.runIf(isThorough)(
  'leaving out the condition of any place changes what somebody gets',
  async () => {
    const reached = await tryAll();
    expect(reached.size).toBeGreaterThan(30);
    const found = new Map<string, boolean>();
    for (const [place, by] of reached) {
      const source = sourceOf(place);
      found.set(source, found.get(source) || (await matters(place, by)));
    }
    const needless = [...found].filter(([, isNeeded]) => !isNeeded).map(([source]) => source);
    expect(needless.toSorted().join('\n'), `${found.size} places`).toBe(Object.keys(guardedTwice).join('\n'));
  },
  3_600_000,
);
