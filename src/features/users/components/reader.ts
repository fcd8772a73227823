/** Rights of the list's reader, only for showing and hiding: the services check them again. */
export type Reader = {
  timeZone: string;
  id: string;
  mayUpdate: boolean;
  mayDeactivate: boolean;
  mayArchive: boolean;
  mayResetPasswords: boolean;
  mayInvite: boolean;
  /** More than their own. */
  seesOrganizations: boolean;
  seesInvitations: boolean;
};
