import { inject, test } from 'vitest';
import { type ActorName, actorNames, definitionOf } from './actors';
import { type PagePolicy, pages } from './policy';
import { maySee } from './rules';
import { callQuietly, type QuietCell } from './support/batch';
import { call as callPage, callPayload } from './support/call';
import { fill, findRoutes } from './support/entry-points';
import { isThorough, share } from './support/extent';
import { newBugs, watchRows } from './support/rows';
import { missingRecords, type Target } from './support/targets';
import { makeVerdicts, type Outcome, outcomeOf, refusalAtSignIn } from './support/verdicts';

const world = inject('world');
const noRecord: Target = { name: '', id: '', places: ['a', 'b', null], state: '' };
const built = findRoutes().pages.filter((route) => pages[route]);
watchRows();

test.each(built)('%s', async (route) => {
  const policy = pages[route] as PagePolicy;
  const verdicts = makeVerdicts();
  const cells = actorNames.flatMap((actor) => {
    const targets = targetsFor(policy, actor);
    const isShown = (target: Target) => expectedOf(route, policy, actor, target).includes('shown');
    const asPayload = new Set([targets[0], targets.find(isShown)]);
    return targets.map((target) =>
      cellOf({ route, policy, actor, target, hasPayload: isThorough || asPayload.has(target) }, verdicts),
    );
  });
  // Opening a page changes nothing, except that an invitation is marked as opened.
  await callQuietly(cells, verdicts, route === '/activate/[token]' ? ['public.invitation'] : []);
  verdicts.say(route, ...newBugs());
  verdicts.check();
});

/** People who pass the sign-in check try every record and share the missing ones; for the others one record is enough. */
function targetsFor({ of, permission, also }: PagePolicy, actor: ActorName): Target[] {
  if (!of) return [noRecord];
  const readers = actorNames.filter((each) => {
    if (each === 'nobody') return permission === 'public' || isThorough;
    return refusalAtSignIn(each, permission, also) === null && definitionOf(each).session !== 'invalid';
  });
  const records = world.targets[of];
  if (!readers.includes(actor)) return records.slice(0, 1);
  return [...records, ...share(missingRecords(), readers.length, readers.indexOf(actor))];
}

type Verdicts = ReturnType<typeof makeVerdicts>;

type Cell = { route: string; policy: PagePolicy; actor: ActorName; target: Target; hasPayload: boolean };

function cellOf({ route, policy, actor, target, hasPayload }: Cell, verdicts: Verdicts): QuietCell {
  const id = [target.id].flat().join(',').slice(0, 4000).toWellFormed();
  const path = fill(route, id);
  const { cookie } = world.people[actor];
  const cell = `${actor} × ${route} × ${target.name || 'no id'}`;
  const expected = expectedOf(route, policy, actor, target);
  const call = async () => {
    const asPayload = hasPayload && !target.isMissing ? callPayload(path, { cookie }) : null;
    const page = await callPage(path, { cookie });
    const payload = (await asPayload) ?? page;
    const outcome = outcomeOf(page);
    verdicts.say(
      cell,
      !expected.includes(outcome) &&
        `${outcome} (${page.status} ${page.location ?? ''}) instead of ${expected.join(' or ')}`,
      payload.status >= 500 && `${payload.status} for the payload`,
      outcome === 'shown' && target.shows && !page.text.includes(target.shows) && `does not show ${target.shows}`,
    );
  };
  // Each refusal of a signed-in person is logged once for a page, its payload included.
  return { cell, actor, denials: expected.includes('forbidden') ? 1 : 0, call };
}

function expectedOf(route: string, policy: PagePolicy, actor: ActorName, target: Target): Outcome[] {
  if (policy.absent) return ['not found'];
  const refusal = refusalAtSignIn(actor, policy.permission, policy.also);
  if (refusal) return [refusal];
  const { session } = definitionOf(actor);
  const isSignInPage = route === '/sign-in' || (route === '/o/[slug]' && target.state === 'active');
  if (isSignInPage) return session === 'invalid' ? ['shown'] : ['redirected', 'password first'];
  // An expired or used link has a page that says so.
  if (policy.permission === 'public' && policy.of) return ['shown', 'not found'];
  if (!policy.of) return ['shown', 'redirected'];
  if (!maySee(actor, policy.permission, target)) return ['not found'];
  return policy.redirects ? ['shown', 'redirected'] : ['shown'];
}
