// A replica for races: runs the requested action as many times at once as requested, in real units of work.
import { accept } from '@tests/features/invitations/invitations.support';
import { notActive, workAs } from '@tests/support/factories';
import { deactivateUser } from '@/features/users/deactivation.service';
import { db } from '@/server/db/shared';
import { Fail } from '@/server/fail';
import type { Race } from './races';

const runs: { [K in Race['kind']]: (race: Race) => Promise<unknown> } = {
  accept: ({ what }) => accept(db(), what),
  deactivate: ({ what, actorId }) =>
    workAs<'users.deactivate', void>(db(), actorId, (work) =>
      deactivateUser(work, { id: what, reason: '', until: null }),
    ),
};

process.on('message', async (race: Race) => {
  // Both replicas begin at the same moment, not when their message arrives.
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, race.at - Date.now())));
  const outcomes = await Promise.all(Array.from({ length: race.times }, () => outcomeOf(runs[race.kind](race))));
  process.send?.(outcomes);
});

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'won';
  } catch (error) {
    if (error instanceof Fail) return error.code;
    // The person was deactivated before the round reached this replica. A web request would get the sign-in page.
    if (error instanceof Error && error.message === notActive) return 'signed_out';
    return `error: ${error instanceof Error ? error.message.replaceAll(/\s+/g, ' ').slice(-200) : String(error)}`;
  }
}

await db().user.count();
process.send?.([]);
