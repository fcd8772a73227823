import { inject } from 'vitest';
import type { ActorName } from '../actors';
import { changedTables, countDenials, fingerprint, forgetDenials } from './rows';
import type { makeVerdicts } from './verdicts';

type Verdicts = ReturnType<typeof makeVerdicts>;

/** A cell that may change nothing. `denials`: how many refusals it adds to the audit log; null if not checked. */
export type QuietCell = { cell: string; actor: ActorName; denials: number | null; call(): Promise<void> };

/**
 * Calls cells that may change nothing and compares the rows once at the end, because reading every table costs as much
 * as a call. If rows did change, it calls the cells again one by one to find out which of them it was.
 */
export async function callQuietly(cells: QuietCell[], verdicts: Verdicts, mayChange: string[] = []) {
  await forgetDenials();
  const before = await snapshot();
  for (const { call } of cells) await call();
  const after = await snapshot();
  const changed = changedTables(before.rows, after.rows, mayChange);
  if (changed.length > 0) await findCulprits(cells, verdicts, mayChange, changed);
  for (const [actor, expected] of denialsExpected(cells)) {
    const { id } = inject('world').people[actor];
    const logged = (after.denials.get(id) ?? 0) - (before.denials.get(id) ?? 0);
    const last = cells.findLast((cell) => cell.actor === actor);
    verdicts.say(
      `${last?.cell} and earlier cells`,
      logged !== expected && `${logged} refusals logged instead of ${expected}`,
    );
  }
}

async function snapshot() {
  return { rows: await fingerprint(), denials: await countDenials() };
}

async function findCulprits(cells: QuietCell[], verdicts: Verdicts, mayChange: string[], firstChanged: string[]) {
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
  verdicts.say(`${cells[0]?.cell} to ${cells.at(-1)?.cell}`, !isFound && `changed ${firstChanged.join(', ')}`);
}

function denialsExpected(cells: QuietCell[]): Map<ActorName, number> {
  const expected = new Map<ActorName, number>();
  for (const { actor, denials } of cells) {
    if (denials !== null) expected.set(actor, (expected.get(actor) ?? 0) + denials);
  }
  return expected;
}
