import { inject, test } from 'vitest';
import { type ActorName, actorNames, definitionOf, hasPermission } from './actors';
import { type RoutePolicy, routes } from './policy';
import { maySee } from './rules';
import { callQuietly, type QuietCell } from './support/batch';
import { type Answer, call, ours, pairs } from './support/call';
import { fill, findRoutes } from './support/entry-points';
import { share } from './support/extent';
import { changedTables, fingerprint, newBugs, resetRows, watchRows } from './support/rows';
import { missingRecords, type Target } from './support/targets';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const noRecord: Target = { name: '', id: 'x', places: ['a', 'b', null], state: '' };
const built = findRoutes().handlers.filter((entry) => routes[entry]);
watchRows();

test.each(built)('%s', async (entry) => {
  const policy = routes[entry] as RoutePolicy;
  const verdicts = makeVerdicts();
  const holders = actorNames.filter((actor) => hasPermission(actor, policy.permission));
  const cells = actorNames.flatMap((actor) => {
    const records = policy.of ? world.targets[policy.of] : [noRecord];
    const missing = policy.of ? share(missingRecords(), holders.length, holders.indexOf(actor)) : [];
    const targets = holders.includes(actor) ? [...records, ...missing] : records.slice(0, 1);
    return targets.map((target) => ({ actor, target, expected: expectedOf(policy, actor, target) }));
  });
  // Reading never changes rows, and a refused form does not either.
  const mayChange = ({ expected }: (typeof cells)[number]) => bodyOf(policy) !== null && expected === 'done';
  await callQuietly(
    cells.filter((cell) => !mayChange(cell)).map((cell) => quietCell(entry, policy, cell, verdicts)),
    verdicts,
  );
  let changes = 0;
  for (const cell of cells.filter(mayChange)) {
    const before = await fingerprint();
    await callRoute(entry, policy, cell, verdicts);
    if (changedTables(before, await fingerprint()).length === 0) continue;
    changes += 1;
    await resetRows();
  }
  verdicts.say(entry, bodyOf(policy) && changes === 0 && 'changed nothing for anybody, so its refusals prove nothing');
  verdicts.say(entry, ...newBugs());
  verdicts.check();
});

type Verdicts = ReturnType<typeof makeVerdicts>;
type Cell = { actor: ActorName; target: Target; expected: Expected };

const nameOf = (entry: string, { actor, target }: Cell) => `${actor} × ${entry} × ${target.name || 'no id'}`;

function quietCell(entry: string, policy: RoutePolicy, cell: Cell, verdicts: Verdicts): QuietCell {
  const { actor } = cell;
  const isDenied = definitionOf(actor).session !== 'invalid' && !hasPermission(actor, policy.permission);
  const call = () => callRoute(entry, policy, cell, verdicts);
  return { cell: nameOf(entry, cell), actor, denials: isDenied ? 1 : 0, call };
}

async function callRoute(entry: string, policy: RoutePolicy, cell: Cell, verdicts: Verdicts) {
  const [method = '', route = ''] = entry.split(' ');
  const { actor, target, expected } = cell;
  const path = fill(route, [target.id].flat().join(',').slice(0, 4000).toWellFormed());
  const body = bodyOf(policy);
  const { cookie } = world.people[actor];
  const query = policy.isSignal ? `?person=${world.people[actor].id}` : '';
  const answer = await call(path + query, { cookie, method, headers: ours(), ...(body && { body }) });
  const isRight = policy.isSignal ? answer.status === (expected === 'done' ? 204 : 401) : isAs(expected, answer);
  verdicts.say(nameOf(entry, cell), !isRight && `${answer.status} ${answer.location ?? ''} instead of ${expected}`);
}

type Expected = 'done' | 'refused' | 'not found' | 'not now';

function expectedOf(policy: RoutePolicy, actor: ActorName, target: Target): Expected {
  if (policy.absent) return 'not found';
  if (!hasPermission(actor, policy.permission)) return 'refused';
  if (policy.of && !maySee(actor, policy.permission, target)) return 'not found';
  return policy.states && !policy.states.includes(target.state) ? 'not now' : 'done';
}

/** A form's route redirects a refusal back to its page; the others answer with a status. */
function isAs(expected: Expected, { status, location }: Answer): boolean {
  const isProblem = status === 303 && (location ?? '').includes('problem=');
  if (expected === 'done') return status === 200 || (status === 303 && !isProblem);
  if (expected === 'refused') return status === 403 || isProblem;
  return expected === 'not found' ? status === 404 : status === 400;
}

/** What an allowed person sends: a file, or a plain form as a browser without scripts posts it. */
function bodyOf({ upload, form }: RoutePolicy): FormData | URLSearchParams | null {
  if (form) return new URLSearchParams(pairs(typeof form === 'function' ? form(world) : form));
  if (!upload) return null;
  const body = new FormData();
  body.set(upload.field, new File([upload.content], upload.name, { type: 'text/csv' }));
  return body;
}

test('a form from another origin is refused, whatever its headers claim', async () => {
  const verdicts = makeVerdicts();
  for (const [entry, policy] of Object.entries(routes)) {
    if (!bodyOf(policy)) continue;
    const [method = '', path = ''] = entry.split(' ');
    for (const headers of foreign) {
      const before = await fingerprint();
      const { cookie } = world.people['system admin'];
      const answer = await call(path, { cookie, method, headers, body: bodyOf(policy) ?? '' });
      const changed = changedTables(before, await fingerprint());
      verdicts.say(
        `${entry} × ${JSON.stringify(headers)}`,
        changed.length > 0 && `changed ${changed.join(', ')}`,
        !isAs('refused', answer) && `${answer.status}`,
      );
    }
  }
  verdicts.check();
});

const foreign: Record<string, string>[] = [
  {},
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  { 'sec-fetch-site': 'cross-site' },
];
