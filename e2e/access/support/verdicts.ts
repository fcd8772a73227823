import { expect } from 'vitest';
import { type ActorName, definitionOf, holds, mayMeet } from '../actors';
import type { Needs } from '../policy';
import type { Answer } from './call';
import { marksIn } from './targets';

/** One line for each cell of the matrix that is not as it should be. */
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

/** Marks in an answer of places this person may not look into. */
export function leakIn(actor: ActorName, answer: Pick<Answer, 'text' | 'headers'>): string | null {
  const headers = JSON.stringify([...answer.headers]);
  const allowed: string[] = mayMeet(actor);
  const foreign = marksIn(answer.text + headers).filter((mark) => !allowed.includes(mark));
  return foreign.length > 0 ? `tells of ${foreign.join(', ')}` : null;
}

export type Outcome = 'shown' | 'not found' | 'forbidden' | 'sign-in' | 'password first' | 'led on' | 'odd';

/** What an answer to a page says, whatever its words. */
export function outcomeOf({ status, location }: Pick<Answer, 'status' | 'location'>): Outcome {
  if (status === 200) return 'shown';
  if (status === 404) return 'not found';
  if (status === 403) return 'forbidden';
  if (status !== 307 && status !== 303) return 'odd';
  if (location?.startsWith('/sign-in?next=')) return 'sign-in';
  if (location === '/account/password') return 'password first';
  return 'led on';
}

/** What the door itself decides, before any record is looked at; null is "go in". */
export function refusalAtSignIn(actor: ActorName, ...needs: (Needs | undefined)[]): Outcome | null {
  if (needs.every((permission) => !permission || holds(actor, permission))) return null;
  const { session } = definitionOf(actor);
  if (session === 'dead') return 'sign-in';
  return session === 'pending' ? 'password first' : 'forbidden';
}
