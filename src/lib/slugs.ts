import { fold } from './text';

export const slugMaxChars = 50;

/** They are addresses of pages beside organizations, or would read as something else than a name. */
const reserved = new Set(['new', 'all', 'none', 'platform', 'admin', 'api', 'help', 'sign-in', 'rollcall']);

export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug);
}

/** Lowercase letters, digits and single hyphens between them: `acme-health`. */
export function isSlug(text: string): boolean {
  return text.length >= 2 && text.length <= slugMaxChars && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

/** A slug from a name; empty if the name has no letters or digits for one, as in 東京. */
export function slugFrom(name: string): string {
  const words = fold(name)
    .replaceAll("'", '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, slugMaxChars).replace(/-+$/, '');
}
