import { inject, test } from 'vitest';
import { type ActorName, actorNames, definitionOf, hasPermission } from './actors';
import { type ActionPolicy, actions } from './policy';
import { mayDo } from './rules';
import { callQuietly, type QuietCell } from './support/batch';
import { callAction, postForm } from './support/call';
import { goodForm, makeReady, makeReadyAndFingerprint } from './support/cases';
import { findActions } from './support/entry-points';
import { share } from './support/extent';
import { changedTables, fingerprint, newBugs, watchRows } from './support/rows';
import { missingRecords, type Target } from './support/targets';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const noRecord: Target = { name: 'no id', id: '', places: ['a', 'b', null], state: '' };
const built = findActions().map(({ name }) => name);
watchRows();

type Verdicts = ReturnType<typeof makeVerdicts>;
type Send = typeof callAction;
type Cell = { policy: ActionPolicy; name: string; actor: ActorName; target: Target; send: Send };

test.each(built.map((name, n) => [name, n] as const))('%s', async (name, n) => {
  const policy = actions[name] as ActionPolicy;
  const verdicts = makeVerdicts();
  const withForm = share(actorNames, 3, n);
  const cells = actorNames.flatMap((actor) => cellsOf(name, policy, actor, withForm.includes(actor)));
  const isExpected = ({ actor, target }: Cell) =>
    hasPermission(actor, policy.permission) && (!policy.of || mayDo(actor, policy, target));
  const refused = cells.filter((cell) => !isExpected(cell));
  await makeReady(policy);
  // A refused plain form is answered by its page, which logs refusals of its own, so these are called apart.
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
  // The tests of origins check what a plain form does.
  for (const cell of cells.filter((each) => isExpected(each) && each.send === callAction)) {
    if (await changesRows(cell, verdicts)) changes += 1;
  }
  // If nobody could change anything, the refusals above might come from a broken form.
  verdicts.say(name, changes === 0 && 'changed nothing for anybody, so its refusals prove nothing');
  verdicts.say(name, ...newBugs());
  verdicts.check();
});

/** Every record as an action; the first perhaps also as a plain form, as a browser without scripts sends it. */
function cellsOf(name: string, policy: ActionPolicy, actor: ActorName, hasForm: boolean): Cell[] {
  return targetsFor(policy, actor).flatMap((target, n) => {
    const cell = { policy, name, actor, target };
    const asAction = { ...cell, send: callAction };
    return n === 0 && hasForm ? [asAction, { ...cell, send: postForm }] : [asAction];
  });
}

/** People with the permission try every record and share the missing ones; for the others one record is enough. */
function targetsFor({ of, permission }: ActionPolicy, actor: ActorName): Target[] {
  if (!of) return [noRecord];
  const holders = actorNames.filter((each) =>
    permission === 'public' ? each === 'nobody' : hasPermission(each, permission),
  );
  const records = world.targets[of];
  if (!holders.includes(actor)) return records.slice(0, 1);
  return [...records, ...share(missingRecords(), holders.length, holders.indexOf(actor))];
}

const nameOf = ({ actor, name, target, send }: Cell) =>
  `${actor} × ${name} × ${target.name}${send === postForm ? ' × form' : ''}`;

async function sendCell({ policy, name, actor, target, send }: Cell) {
  return send(name, goodForm(policy, target), { cookie: world.people[actor].cookie });
}

function refusal(cell: Cell, verdicts: Verdicts): QuietCell {
  const { policy, actor, send } = cell;
  const isLogged =
    send === callAction && definitionOf(actor).session !== 'invalid' && !hasPermission(actor, policy.permission);
  const name = nameOf(cell);
  const call = async () => {
    const answer = await sendCell(cell);
    verdicts.say(
      name,
      // A plain form is answered with its page, so only the rows show whether it was refused.
      !policy.answersAlike &&
        send === callAction &&
        answer.outcome !== 'refused' &&
        `was ${answer.outcome}: ${answer.status} ${answer.location ?? ''}`,
      answer.status >= 500 && `answered ${answer.status}`,
    );
  };
  return { cell: name, actor, denials: isLogged ? 1 : send === callAction ? 0 : null, call };
}

/** Calls an action that this person may do, in a prepared world. Returns true if rows changed. */
async function changesRows(cell: Cell, verdicts: Verdicts): Promise<boolean> {
  const { policy } = cell;
  const before = await makeReadyAndFingerprint(policy);
  const answer = await sendCell(cell);
  const changed = changedTables(before, await fingerprint());
  verdicts.say(
    nameOf(cell),
    changed.length === 0 && `changed nothing: ${answer.status} ${answer.words}`,
    changed.length > 0 && !policy.unaudited && !changed.includes('public.audit_event') && 'left no audit event',
    answer.status >= 500 && `answered ${answer.status}`,
  );
  return changed.length > 0;
}
