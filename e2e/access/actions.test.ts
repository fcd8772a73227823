import { inject, test } from 'vitest';
import { type ActorName, actorNames, definitionOf, holds } from './actors';
import { type ActionPolicy, actions } from './policy';
import { mayDo } from './rules';
import { callAction, postForm } from './support/call';
import { goodForm, makeReady } from './support/cases';
import { findActions } from './support/entry-points';
import { leakIn, makeVerdicts } from './support/judge';
import { changedTables, denialsOf, type Fingerprint, fingerprint, newBugs, watchRows } from './support/rows';
import { nothings, type Target } from './support/targets';

const world = inject('world');
const noRecord: Target = { name: 'no id', id: '', places: ['a', 'b', null], state: '' };
const built = findActions().map(({ name }) => name);
watchRows();

type Verdicts = ReturnType<typeof makeVerdicts>;
type Cell = { name: string; policy: ActionPolicy; actor: ActorName; target: Target };

test.each(built)('%s', async (name) => {
  const policy = actions[name] as ActionPolicy;
  const verdicts = makeVerdicts();
  await begin(policy);
  let changes = 0;
  for (const actor of actorNames) {
    for (const target of targetsFor(policy, actor)) {
      if (await judgeAction({ name, policy, actor, target }, verdicts)) changes += 1;
    }
  }
  // Otherwise every refusal above may have been that of a form which nobody could send.
  verdicts.say(name, changes === 0 && 'changed nothing for anybody, so its refusals prove nothing');
  verdicts.say(name, ...newBugs());
  verdicts.check();
});

/** What was found after the call before this one. */
let latest: Fingerprint | null = null;

async function begin(policy: ActionPolicy) {
  latest = null;
  await makeReady(policy);
}

function targetsFor({ of, permission }: ActionPolicy, actor: ActorName): Target[] {
  if (!of) return [noRecord];
  const records = world.targets[of];
  const isPublic = permission === 'public';
  if (holds(actor, permission) && (!isPublic || actor === 'nobody')) return [...records, ...nothings()];
  return records.slice(0, 1);
}

/** Calls it both ways a browser can; true when rows changed for somebody who may. */
async function judgeAction(cell: Cell, verdicts: Verdicts): Promise<boolean> {
  const { name, policy, actor, target } = cell;
  const { cookie, id: userId } = world.people[actor];
  const fields = goodForm(policy, target);
  const isExpected = holds(actor, policy.permission) && (!policy.of || mayDo(actor, policy, target));
  let isDone = false;
  const isFirst = target === targetsFor(policy, actor)[0];
  for (const send of isExpected || !isFirst ? [callAction] : [callAction, postForm]) {
    const way = `${actor} × ${name} × ${target.name}${send === postForm ? ' × form' : ''}`;
    latest ??= await fingerprint();
    const [before, denials] = [latest, await denialsOf(userId)];
    const answer = await send(name, fields, { cookie });
    latest = await fingerprint();
    const changed = changedTables(before, latest);
    const traced = (await denialsOf(userId)) - denials;
    const mustTrace = definitionOf(actor).session !== 'dead' && !holds(actor, policy.permission);
    const isTraced = changed.includes('public.audit_event');
    verdicts.say(
      way,
      isExpected && changed.length === 0 && `changed nothing: ${answer.status} ${answer.words}`,
      isExpected && changed.length > 0 && !policy.unaudited && !isTraced && 'left no trace',
      !isExpected && changed.length > 0 && `changed ${changed.join(', ')}`,
      // A page answers a plain form with itself, so only rows tell what became of it.
      !isExpected &&
        !policy.answersAlike &&
        send === callAction &&
        answer.outcome !== 'refused' &&
        `was ${answer.outcome}: ${answer.status} ${answer.location ?? ''}`,
      answer.status >= 500 && `answered ${answer.status}`,
      leakIn(actor, answer),
      send === callAction && traced !== (mustTrace ? 1 : 0) && `${traced} refusals were traced`,
    );
    isDone ||= isExpected && changed.length > 0;
    if (changed.length > 0) await begin(policy);
  }
  return isDone;
}
