/** Leads pages back to the organization's sign-in page; the cookie for that is set only after a sign-in. */
export function organizationQuery(slug: string | null | undefined, before = '?'): string {
  return slug ? `${before}organization=${slug}` : '';
}
