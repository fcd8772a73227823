type Named = { firstName: string; lastName: string };

/** First and last name as one text; empty where neither is known. */
export function fullName({ firstName, lastName }: Named): string {
  return `${firstName} ${lastName}`.trim();
}

/** What a person is called: the name, or the address while no name is known. */
export function displayName({ email, ...person }: Named & { email: string }): string {
  return fullName(person) || email;
}
