import { inject } from 'vitest';
import type { ActorName } from '../actors';
import type { makeVerdicts } from './judge';
import { changedTables, countDenials, fingerprint } from './rows';

type Verdicts = ReturnType<typeof makeVerdicts>;

/** A cell that may change nothing. `denials`: how many refusals it leaves in the audit log; null where that is open. */
export type QuietCell = { cell: string; actor: ActorName; denials: number | null; call(): Promise<void> };

/**
 * Calls cells that may change nothing and looks at the rows once, behind the last of them: a look at every table costs as
 * much as the call. Only when rows changed all the same are the cells called one by one, to tell which of them it was.
 */
export async function callQuietly(cells: QuietCell[], verdicts: Verdicts, mayChange: string[] = []) {
  const before = await look();
  for (const { call } of cells) await call();
  const after = await look();
  const changed = changedTables(before.rows, after.rows, mayChange);
  if (changed.length > 0) await findCulprits(cells, verdicts, mayChange, changed);
  for (const [actor, expected] of denialsExpected(cells)) {
    const { id } = inject('world').people[actor];
    const traced = (after.denials.get(id) ?? 0) - (before.denials.get(id) ?? 0);
    const last = cells.findLast((cell) => cell.actor === actor);
    verdicts.say(`${last?.cell} and those before`, traced !== expected && `${traced} refusals traced, not ${expected}`);
  }
}

async function look() {
  return { rows: await fingerprint(), denials: await countDenials() };
}

async function findCulprits(cells: QuietCell[], verdicts: Verdicts, mayChange: string[], seen: string[]) {
  let before = await fingerprint();
  let isFound = false;
  for (const { cell, call } of cells) {
    await call();
    const after = await fingerprint();
    const changed = changedTables(before, after, mayChange);
    verdicts.say(cell, changed.length > 0 && `changed ${changed.join(', ')}`);
    isFound ||= changed.length > 0;
    before = after;
  }
  // Some changes cannot be made twice.
  verdicts.say(`${cells[0]?.cell} to ${cells.at(-1)?.cell}`, !isFound && `changed ${seen.join(', ')}`);
}

function denialsExpected(cells: QuietCell[]): Map<ActorName, number> {
  const expected = new Map<ActorName, number>();
  for (const { actor, denials } of cells) {
    if (denials !== null) expected.set(actor, (expected.get(actor) ?? 0) + denials);
  }
  return expected;
}
