/** Leads back to the page the form was on. `of` names the person, so that the notice on a list can offer undo too. */
export function pathAfter({ id, returnTo }: { id: string; returnTo: string }): string {
  const path = returnTo || `/users/${id}`;
  return `${path}${path.includes('?') ? '&' : '?'}of=${id}`;
}
