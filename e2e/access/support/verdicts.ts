import { expect } from 'vitest';
import { type ActorName, definitionOf, hasPermission } from '../actors';
import type { Needs } from '../policy';
import type { Answer } from './call';

/** Collects one line for each wrong cell of the matrix. */
export function makeVerdicts() {
  const wrong: string[] = [];
  return {
    say(cell: string, ...problems: (string | false | null | undefined)[]) {
      for (const problem of problems) if (problem) wrong.push(`${cell}: ${problem}`);
    },
    check() {
      expect(wrong, `${wrong.length} cells are wrong`).toEqual([]);
    },
  };
}

export type Outcome = 'shown' | 'not found' | 'forbidden' | 'sign-in' | 'password first' | 'redirected' | 'odd';

/** The kind of answer to a page, from its status and redirect alone. */
export function outcomeOf({ status, location }: Pick<Answer, 'status' | 'location'>): Outcome {
  if (status === 200) return 'shown';
  if (status === 404) return 'not found';
  if (status === 403) return 'forbidden';
  if (status !== 307 && status !== 303) return 'odd';
  if (location?.startsWith('/sign-in?next=')) return 'sign-in';
  if (location === '/account/password') return 'password first';
  return 'redirected';
}

/** The result of the sign-in and permission check, before any record is read; null if it passes. */
export function refusalAtSignIn(actor: ActorName, ...needs: (Needs | undefined)[]): Outcome | null {
  if (needs.every((permission) => !permission || hasPermission(actor, permission))) return null;
  const { session } = definitionOf(actor);
  if (session === 'invalid') return 'sign-in';
  return session === 'pending' ? 'password first' : 'forbidden';
}
