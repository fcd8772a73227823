export type RoleChoice = {
  key: string;
  name: string;
  description: string;
  isGranted: boolean;
  /** False if the reader lacks some of its access there: then they can neither grant nor revoke it. */
  isTheirs: boolean;
};

/** For a `CheckboxGroup`. */
export function checkboxesOf(roles: RoleChoice[]) {
  return {
    defaultValues: grantedOf(roles),
    options: roles.map(({ key, name, description, isTheirs }) => ({
      value: key,
      label: name,
      hint: description,
      ...(!isTheirs && { disabledReason: 'You do not have all of its access here yourself, so it stays as it is.' }),
    })),
  };
}

export function grantedOf(roles: RoleChoice[]): string[] {
  return roles.flatMap(({ key, isGranted }) => (isGranted ? [key] : []));
}
