import { isDatabaseUnavailable } from './db/errors';
import { roleSettingsProblem } from './db/role-settings';
import { db, stalledSeconds } from './db/shared';
import { logBug } from './log';

// Next loads this module twice: once for the code that starts the process, once for the code that answers.
const holder = globalThis as { rollcallIsChecked?: boolean };

/** False until the settings of the role are known to be right: a process that is about to end is not ready. */
export const isStartChecked = () => holder.rollcallIsChecked ?? false;

/** Ends the process with a sentence if nothing would release the locks of a stalled process. */
export async function checkRoleSettings(): Promise<void> {
  try {
    const problem = await roleSettingsProblem(db(), stalledSeconds());
    holder.rollcallIsChecked = problem === null;
    if (problem === null) return;
    process.stderr.write(`Rollcall cannot start:\n  - ${problem}\n`);
    process.exit(1);
  } catch (error) {
    // A start during an outage succeeds, so the check waits for its end.
    if (isDatabaseUnavailable(error)) setTimeout(checkRoleSettings, 2_000).unref();
    else logBug(error, { at: 'start' });
  }
}
