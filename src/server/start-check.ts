import { isDatabaseUnavailable } from './db/errors';
import { roleSettingsProblem } from './db/role-settings';
import { db, stalledSeconds } from './db/shared';
import { logBug } from './log';

/** Ends the process with a sentence if nothing would release the locks of a stalled process. */
export async function checkRoleSettings(): Promise<void> {
  try {
    const problem = await roleSettingsProblem(db(), stalledSeconds());
    if (problem === null) return;
    process.stderr.write(`Rollcall cannot start:\n  - ${problem}\n`);
    process.exit(1);
  } catch (error) {
    // A start during an outage succeeds, so the check waits for its end.
    if (isDatabaseUnavailable(error)) setTimeout(checkRoleSettings, 2_000).unref();
    else logBug(error, { at: 'start' });
  }
}
