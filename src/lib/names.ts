type Named = { firstName: string; lastName: string };

export function fullName({ firstName, lastName }: Named): string {
  return `${firstName} ${lastName}`.trim();
}

export function displayName({ email, ...person }: Named & { email: string }): string {
  return fullName(person) || email;
}
