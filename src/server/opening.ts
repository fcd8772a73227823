import { client, type Reads, type Writes, writesOn } from './db/statements';

/** For the one change that a GET makes, which is on the closed list of what is not audited: a link was opened. */
export function whenOpened(can: Reads): Writes {
  return writesOn(can[client]);
}
