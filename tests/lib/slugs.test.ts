import { expect, test } from 'vitest';
import { isSlug, slugFrom, slugMaxChars } from '@/lib/slugs';

test.each([
  ['Acme Corp', 'acme-corp'],
  ['  Éléonore’s  Bäckerei & Söhne ', 'eleonores-backerei-sohne'],
  ['Straße 12', 'strasse-12'],
  ['東京 Office', 'office'],
  ['東京', ''],
  ['--', ''],
  ['A'.repeat(90), 'a'.repeat(slugMaxChars)],
  [`${'a'.repeat(slugMaxChars - 1)} b`, 'a'.repeat(slugMaxChars - 1)],
])('%j becomes %j', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
  expect(slug === '' || slug.length < 2 || isSlug(slug)).toBe(true);
});

test.each(['a', 'Acme', 'acme corp', '-acme', 'acme-', 'a--b', 'acmé', 'a/b', 'a'.repeat(slugMaxChars + 1)])(
  '%j is no slug',
  (slug) => expect(isSlug(slug)).toBe(false),
);
