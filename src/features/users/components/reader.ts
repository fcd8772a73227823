/** What the list needs to know of who reads it: for showing and hiding only. */
export type Reader = {
  timeZone: string;
  id: string;
  mayUpdate: boolean;
  mayDeactivate: boolean;
  mayInvite: boolean;
  seesInvitations: boolean;
};
