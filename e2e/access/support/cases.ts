import { inject } from 'vitest';
import { type ActorName, actorNames, hasPermission } from '../actors';
import type { ActionPolicy, Fields } from '../policy';
import { mayDo } from '../rules';
import { type Fingerprint, fingerprint, resetRows, sql } from './rows';
import type { Target } from './targets';

/** Resets the rows and prepares them for this action. */
export async function makeReady({ before }: ActionPolicy) {
  await resetRows();
  if (before) await sql(typeof before === 'string' ? before : before(inject('world')));
}

let untouched: Fingerprint | undefined;

/** `makeReady`, then the fingerprint. Without preparation the fingerprint never differs, so it is cached. */
export async function makeReadyAndFingerprint(policy: ActionPolicy): Promise<Fingerprint> {
  await makeReady(policy);
  if (policy.before) return fingerprint();
  untouched ??= await fingerprint();
  return untouched;
}

/** The most powerful person who may do this, and a record for it. */
export function someoneWhoMay(policy: ActionPolicy): [ActorName, Target] {
  const world = inject('world');
  const targets: Target[] = policy.of ? world.targets[policy.of] : [{ name: '', id: '', places: [null], state: '' }];
  for (const actor of [...actorNames].reverse()) {
    if (!hasPermission(actor, policy.permission)) continue;
    const target = targets.find((each) => !policy.of || mayDo(actor, policy, each));
    if (target) return [actor, target];
  }
  throw new Error('Nobody in this suite may do this.');
}

/** A form that changes rows when an allowed person sends it. */
export function goodForm(policy: ActionPolicy, target: Target): Fields {
  return { ...policy.form?.(inject('world'), target), ...(policy.field && { [policy.field]: target.id }) };
}
