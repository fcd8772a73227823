/** Rows every test starts with: the permission catalogue and the built-in roles, as `cli prepare` makes them. */
export async function fillTemplate(_ownerUrl: string): Promise<void> {}
