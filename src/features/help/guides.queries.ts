import { isValidElement, type ReactNode } from 'react';
import type { GuideLink } from '@/components/layout/help-link';
import { isFoundBy } from '@/lib/other-words';
import type { Can } from '@/server/work';
import { guides } from './components/guides/all';
import type { Guide } from './guides.schema';

type Reader = Pick<Can, 'may'> | null;

/** Guides are left out of the list only because they would be of no use; they contain no records to protect. */
function isFor(reader: Reader, { readers }: Guide): boolean {
  if (readers === 'anybody') return true;
  if (!reader?.may('account.own')) return false;
  return readers === 'everybody' || readers.some((permission) => reader.may(permission));
}

export function findGuide(slug: string): Guide | undefined {
  return guides.find((guide) => guide.slug === slug);
}

/** Readable without signing in. Every other guide needs a session, but no permission. */
export function isPublic(guide: Guide): boolean {
  return guide.readers === 'anybody';
}

export type Found = { guide: Guide; parts: { id: string; title: string; words: string }[] };

export function listGuides(reader: Reader, search = ''): Found[] {
  const readable = guides.filter((guide) => isFor(reader, guide));
  if (search.trim() === '') return readable.map((guide) => ({ guide, parts: [] }));
  const found = readable.map((guide) => ({
    guide,
    isNamed: isFoundBy(`${guide.title} ${guide.summary}`, search),
    parts: guide.parts
      .map(({ id, title, body }) => ({ id, title, words: textOf(body) }))
      .filter((part) => isFoundBy(`${part.title} ${part.words}`, search)),
  }));
  return found
    .filter(({ isNamed, parts }) => isNamed || parts.length > 0)
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed));
}

export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join(' ').replace(/\s+/g, ' ').trim();
  return isValidElement<{ children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}

export function guideLinks(): GuideLink[] {
  return guides.flatMap(({ slug, title, pages }) => pages.map((under) => ({ under, href: `/help/${slug}`, title })));
}
