import { type ActorName, type Place, reaches, scopeOf } from './actors';
import type { ActionPolicy, Needs } from './policy';
import type { Target } from './support/targets';

/** Whether this person may see the record. Everybody who has a link may open it. */
export function maySee(actor: ActorName, permission: Needs, target: Target): boolean {
  if (target.isMissing) return false;
  const scope = scopeOf(actor, permission);
  return scope === 'all' || target.places.some((place) => place !== null && scope.includes(place));
}

/** Whether this action changes the record for this person. */
export function mayDo(actor: ActorName, policy: ActionPolicy, target: Target): boolean {
  if (target.isMissing || (policy.states && !policy.states.includes(target.state))) return false;
  const scope = scopeOf(actor, policy.permission);
  if (policy.undoesEnding && target.isEndedByPlatform && scope !== 'all') return false;
  const isInReach = (place: Place) => reaches(actor, policy.permission, place);
  if (policy.rule === 'own') return scope.length > 0 && target.owner === actor && target.places.every(isInReach);
  if (policy.rule === 'unplaced') {
    return scope === 'all' && target.owner !== actor && target.places.every((place) => place === null);
  }
  if (policy.rule !== 'managed') return scope === 'all' || target.places.some(isInReach);
  if (target.owner === actor || !target.places.every(isInReach)) return false;
  return !target.rank || actor === 'system admin';
}
