/**
 * By whose door somebody came, for pages that lead back to it. The browser remembers a door only once somebody came in
 * by it; until then the address does.
 */
export function organizationQuery(slug: string | null | undefined, before = '?'): string {
  return slug ? `${before}organization=${slug}` : '';
}
