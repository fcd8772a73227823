import { inject, test } from 'vitest';
import { type ActorName, actorNames, definitionOf, holds } from './actors';
import { type ActionPolicy, actions } from './policy';
import { mayDo } from './rules';
import { callQuietly, type QuietCell } from './support/batch';
import { callAction, postForm } from './support/call';
import { goodForm, makeReady, makeReadyAndLook } from './support/cases';
import { findActions } from './support/entry-points';
import { leakIn, makeVerdicts } from './support/judge';
import { changedTables, fingerprint, newBugs, watchRows } from './support/rows';
import { nothings, type Target } from './support/targets';

const world = inject('world');
const noRecord: Target = { name: 'no id', id: '', places: ['a', 'b', null], state: '' };
const built = findActions().map(({ name }) => name);
watchRows();

type Verdicts = ReturnType<typeof makeVerdicts>;
type Send = typeof callAction;
type Cell = { policy: ActionPolicy; name: string; actor: ActorName; target: Target; send: Send };

test.each(built)('%s', async (name) => {
  const policy = actions[name] as ActionPolicy;
  const verdicts = makeVerdicts();
  const cells = actorNames.flatMap((actor) => cellsOf(name, policy, actor));
  const isExpected = ({ actor, target }: Cell) =>
    holds(actor, policy.permission) && (!policy.of || mayDo(actor, policy, target));
  const refused = cells.filter((cell) => !isExpected(cell));
  await makeReady(policy);
  // A plain form's refusal is traced by the page that answers it, in ways of its own.
  const asActions = refused.filter(({ send }) => send === callAction);
  const asForms = refused.filter(({ send }) => send === postForm);
  await callQuietly(
    asActions.map((cell) => refusal(cell, verdicts)),
    verdicts,
  );
  await callQuietly(
    asForms.map((cell) => refusal(cell, verdicts)),
    verdicts,
  );

  let changes = 0;
  // What a plain form does is asked by the tests of origins.
  for (const cell of cells.filter((each) => isExpected(each) && each.send === callAction)) {
    if (await isDone(cell, verdicts)) changes += 1;
  }
  // Otherwise every refusal above may have been that of a form which nobody could send.
  verdicts.say(name, changes === 0 && 'changed nothing for anybody, so its refusals prove nothing');
  verdicts.say(name, ...newBugs());
  verdicts.check();
});

/** Each record both ways a browser can send it: the first as a plain form too. */
function cellsOf(name: string, policy: ActionPolicy, actor: ActorName): Cell[] {
  return targetsFor(policy, actor).flatMap((target, n) => {
    const cell = { policy, name, actor, target };
    const asAction = { ...cell, send: callAction };
    return n === 0 ? [asAction, { ...cell, send: postForm }] : [asAction];
  });
}

function targetsFor({ of, permission }: ActionPolicy, actor: ActorName): Target[] {
  if (!of) return [noRecord];
  const records = world.targets[of];
  const isPublic = permission === 'public';
  if (holds(actor, permission) && (!isPublic || actor === 'nobody')) return [...records, ...nothings()];
  return records.slice(0, 1);
}

const wayOf = ({ actor, name, target, send }: Cell) =>
  `${actor} × ${name} × ${target.name}${send === postForm ? ' × form' : ''}`;

async function sendCell({ policy, name, actor, target, send }: Cell) {
  return send(name, goodForm(policy, target), { cookie: world.people[actor].cookie });
}

function refusal(cell: Cell, verdicts: Verdicts): QuietCell {
  const { policy, actor, send } = cell;
  const isTraced = send === callAction && definitionOf(actor).session !== 'dead' && !holds(actor, policy.permission);
  const way = wayOf(cell);
  const call = async () => {
    const answer = await sendCell(cell);
    verdicts.say(
      way,
      // A page answers a plain form with itself, so only rows tell what became of it.
      !policy.answersAlike &&
        send === callAction &&
        answer.outcome !== 'refused' &&
        `was ${answer.outcome}: ${answer.status} ${answer.location ?? ''}`,
      answer.status >= 500 && `answered ${answer.status}`,
      leakIn(actor, answer),
    );
  };
  return { cell: way, actor, denials: isTraced ? 1 : send === callAction ? 0 : null, call };
}

/** Calls what this person may do, in a world made ready for it; true when rows changed. */
async function isDone(cell: Cell, verdicts: Verdicts): Promise<boolean> {
  const { policy, actor } = cell;
  const before = await makeReadyAndLook(policy);
  const answer = await sendCell(cell);
  const changed = changedTables(before, await fingerprint());
  verdicts.say(
    wayOf(cell),
    changed.length === 0 && `changed nothing: ${answer.status} ${answer.words}`,
    changed.length > 0 && !policy.unaudited && !changed.includes('public.audit_event') && 'left no trace',
    answer.status >= 500 && `answered ${answer.status}`,
    leakIn(actor, answer),
  );
  return changed.length > 0;
}
