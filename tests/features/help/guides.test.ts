import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isValidElement, type ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { guideFor } from '@/components/layout/help-link';
import { guides } from '@/features/help/components/guides/all';
import { findGuide, guideLinks, isPublic, listGuides, textOf } from '@/features/help/guides.queries';
import { snippetOf } from '@/features/help/snippet.policy';

const app = path.resolve(import.meta.dirname, '../../../src/app');

const pages = readdirSync(app, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name === 'page.tsx')
  .map((entry) => `/${path.relative(app, entry.parentPath)}`)
  // Dialogs share the address of a page that is listed already.
  .filter((folder) => !folder.includes('/@'))
  .map((folder) => ({
    isConsole: folder.startsWith('/(console)'),
    route: folder.replaceAll(/\/\([^)]+\)/g, '') || '/',
  }));

const visitor = null;
const everything = { may: () => true };
const member = { may: (permission: string) => permission === 'account.own' || permission === 'session.own' };

test('every page of the console links to an existing guide', () => {
  const console = pages.filter(({ isConsole, route }) => isConsole && !route.startsWith('/help'));
  expect(console.length).toBeGreaterThan(30);
  const without = console.filter(({ route }) => !guideFor(route, guideLinks())).map(({ route }) => route);
  expect(without).toEqual([]);
  for (const { href } of guideLinks()) expect(findGuide(href.replace('/help/', ''))).toBeDefined();
});

test.each([
  ['/', 'first-steps'],
  ['/users', 'people'],
  ['/users/new', 'inviting'],
  ['/users/0199/deactivation', 'deactivating'],
  ['/users/0199/edit', 'people'],
  ['/users/0199/access', 'roles'],
  ['/users/0199/access/membership/ending', 'organizations'],
  ['/users/export', 'exporting'],
  ['/audit/0199', 'audit-log'],
])('%s is explained by %s', (pathname, slug) => {
  expect(guideFor(pathname, guideLinks())?.href).toBe(`/help/${slug}`);
});

test('links in guides lead to existing pages and guides', () => {
  const matches = (href: string) => {
    const parts = href
      .replace(/[?#].*/, '')
      .split('/')
      .filter(Boolean);
    if (parts[0] === 'help' && parts[1]) return findGuide(parts[1]) !== undefined;
    return pages.some(({ route }) => {
      const own = route.split('/').filter(Boolean);
      return own.length === parts.length && own.every((part, index) => part === parts[index]);
    });
  };
  const links = guides.flatMap((guide) => guide.parts.flatMap(({ body }) => linksIn(body)));
  expect(links.length).toBeGreaterThan(50);
  expect(links.filter((href) => !matches(href))).toEqual([]);
});

test('guides and their parts have unique addresses', () => {
  expect(new Set(guides.map(({ slug }) => slug)).size).toBe(guides.length);
  for (const { parts } of guides) expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
});

describe('which guides a reader sees', () => {
  const slugs = (reader: Parameters<typeof listGuides>[0]) => listGuides(reader).map(({ guide }) => guide.slug);

  test('without a session only the guide to signing in', () => {
    expect(slugs(visitor)).toEqual(['signing-in']);
    expect(guides.filter(isPublic).map(({ slug }) => slug)).toEqual(['signing-in']);
  });

  test('a session that must change its password first sees only the guide to signing in', () => {
    expect(slugs({ may: (permission) => permission === 'session.own' })).toEqual(['signing-in']);
  });

  test('members see the guides for everybody, admins see all', () => {
    expect(slugs(member)).toEqual(['signing-in', 'my-account', 'keyboard', 'whom-to-ask']);
    expect(slugs(everything)).toHaveLength(guides.length);
  });
});

describe('search', () => {
  const found = (search: string, reader: Parameters<typeof listGuides>[0] = everything) =>
    listGuides(reader, search).map(({ guide }) => guide.slug);

  test('finds words anywhere, ignoring case, and names the part', () => {
    expect(found('VERIFY-audit')).toEqual(['audit-log']);
    expect(listGuides(everything, 'verify-audit')[0]?.parts.map(({ id }) => id)).toEqual(['verify']);
  });

  test('lists guides about a topic before guides that mention it', () => {
    expect(found('importing')[0]).toBe('importing');
    expect(found('importing').length).toBeGreaterThan(1);
  });

  test('requires all words and leaves out guides for other readers', () => {
    expect(found('deactivate zzz')).toEqual([]);
    expect(found('deactivate', member)).not.toContain('deactivating');
  });

  test('finds the guide to deactivating by the word other systems use', () => {
    expect(found('suspend')[0]).toBe('deactivating');
    expect(listGuides(everything, 'suspend')[0]?.parts.length).toBeGreaterThan(2);
  });

  test('quotes the words around a match, cut between words', () => {
    const text = `${'before '.repeat(30)}needle ${'after '.repeat(30)}`.trim();
    expect(snippetOf(text, 'Needle')).toMatch(/^… (before )+needle (after ?)+ …$/);
    expect(snippetOf('short text', 'zzz')).toBe('short text');
  });
});

test('the text of a guide is the text between its tags', () => {
  expect(textOf(guides[0]?.parts[0]?.body)).toMatch(/^Home counts the people you look after/);
});

function linksIn(node: ReactNode): string[] {
  if (Array.isArray(node)) return node.flatMap(linksIn);
  if (!isValidElement<{ href?: string; children?: ReactNode }>(node)) return [];
  return [...(node.props.href ? [node.props.href] : []), ...linksIn(node.props.children)];
}
