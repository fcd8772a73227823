import type { UserRow } from '../list-rows.queries';

/** What the list needs to know of who reads it: for showing and hiding only. */
export type Reader = {
  timeZone: string;
  id: string;
  mayUpdate: boolean;
  mayDeactivate: boolean;
  mayInvite: boolean;
  seesInvitations: boolean;
};

/** The address stands in while somebody invited has not given a name. */
export function nameOf({ firstName, lastName, email }: Pick<UserRow, 'firstName' | 'lastName' | 'email'>): string {
  return `${firstName} ${lastName}`.trim() || email;
}
