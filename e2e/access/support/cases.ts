import { inject } from 'vitest';
import { type ActorName, actorNames, holds } from '../actors';
import type { ActionPolicy, Fields } from '../policy';
import { mayDo } from '../rules';
import { type Fingerprint, fingerprint, resetRows, sql } from './rows';
import type { Target } from './targets';

/** The world as it was made, and as this action needs it. */
export async function makeReady({ before }: ActionPolicy) {
  await resetRows();
  if (before) await sql(before);
}

let untouched: Fingerprint | undefined;

/** The same, answered with its fingerprint. A world that nothing was done to looks the same each time. */
export async function makeReadyAndLook(policy: ActionPolicy): Promise<Fingerprint> {
  await makeReady(policy);
  if (policy.before) return fingerprint();
  untouched ??= await fingerprint();
  return untouched;
}

/** Somebody who may do this to something: the most powerful first. */
export function someoneWhoMay(policy: ActionPolicy): [ActorName, Target] {
  const world = inject('world');
  const targets: Target[] = policy.of ? world.targets[policy.of] : [{ name: '', id: '', places: [null], state: '' }];
  for (const actor of [...actorNames].reverse()) {
    if (!holds(actor, policy.permission)) continue;
    const target = targets.find((each) => !policy.of || mayDo(actor, policy, each));
    if (target) return [actor, target];
  }
  throw new Error('Nobody may do this in the world of this suite.');
}

/** A form that changes rows for whoever may do this to the target. */
export function goodForm(policy: ActionPolicy, target: Target): Fields {
  return { ...policy.form?.(inject('world'), target), ...(policy.field && { [policy.field]: target.id }) };
}
