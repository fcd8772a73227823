/**
 * Carries the organization in the address, for pages that lead back to its sign-in page. The cookie that remembers this
 * page is set only after a sign-in.
 */
export function organizationQuery(slug: string | null | undefined, before = '?'): string {
  return slug ? `${before}organization=${slug}` : '';
}
