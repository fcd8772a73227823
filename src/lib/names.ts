type Named = { firstName: string; lastName: string };

/** First and last name; empty when neither is known. */
export function fullName({ firstName, lastName }: Named): string {
  return `${firstName} ${lastName}`.trim();
}

/** The name, or the email address while no name is known. */
export function displayName({ email, ...person }: Named & { email: string }): string {
  return fullName(person) || email;
}
