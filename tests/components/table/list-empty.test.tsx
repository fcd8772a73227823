import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
import { pageLinks } from '@/lib/list-links';
import type { SearchParams } from '@/lib/search-params';

const narrowing = { search: 'subject', filters: ['action', 'timeFrom'] };

/** Title, and each link with its words. */
function emptyAt(params: SearchParams) {
  const words = { nothingMatches: { title: 'No event matches' }, nothingYet: { title: 'Nothing has happened yet' } };
  return said(<ListEmpty address={{ path: '/audit', params }} narrowing={narrowing} {...words} />, 'h2');
}

function said(element: React.ReactElement, heading: string) {
  const html = renderToStaticMarkup(element);
  const title = html.match(new RegExp(`<${heading}[^>]*>(.*?)</${heading}>`))?.[1];
  const links = [...html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)</g)].map(
    ([, href, words]) => `${words}: ${href}`,
  );
  return [title, ...links.map((link) => link.replaceAll('&amp;', '&'))];
}

test('a list without rows says why, and leads back to where there are some', () => {
  expect(emptyAt({})).toEqual(['Nothing has happened yet']);
  expect(emptyAt({ subject: 'ada' })).toEqual(['No event matches', 'Clear search: /audit']);
  expect(emptyAt({ action: 'x', size: '25' })).toEqual(['No event matches', 'Clear filters: /audit?size=25']);
  expect(emptyAt({ subject: 'ada', timeFrom: '2026-01-01' })).toEqual([
    'No event matches',
    'Clear search and filters: /audit',
  ]);
});

test('a page beyond the end of a list leads to its first, with the filters that were set', () => {
  for (const place of ['after', 'before'])
    expect(emptyAt({ action: 'x', [place]: 'somewhere' })).toEqual([
      'Nothing further here',
      'Go to the first page: /audit?action=x',
    ]);
});

test('the filter bar clears the search box too', () => {
  const bar = (params: SearchParams) =>
    said(
      <FilterBar
        address={{ path: '/audit', params }}
        search={{ name: 'subject', label: 'Person' }}
        filters={[{ kind: 'text', name: 'actor', label: 'By', hint: 'Address' }]}
      />,
      'h2',
    ).filter((link) => link?.startsWith('Clear'));
  expect(bar({})).toEqual([]);
  expect(bar({ subject: 'ada' })).toEqual(['Clear search: /audit']);
  expect(bar({ subject: 'ada', actor: 'bob', after: 'x' })).toEqual(['Clear search and filters: /audit']);
});

const pager = (shown: number, params: SearchParams, cursors: Parameters<typeof pageLinks>[2]) => {
  const links = pageLinks({ path: '/audit', params }, shown, cursors);
  const html = renderToStaticMarkup(<Pager {...links} shown={shown} noun={['event', 'events']} />);
  return [html.match(/<p[^>]*>(.*?)<\/p>/)?.[1], ...[...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)];
};

test('a list that nobody counted says how much of it is shown, and its length where that is plain to see', () => {
  expect(pager(7, {}, { previous: null, next: null })).toEqual(['7 events']);
  expect(pager(50, {}, { previous: null, next: 'b' })).toEqual(['50 events on this page', '/audit?after=b']);
  expect(pager(1, { after: 'b' }, { previous: 'c', next: null })).toEqual(['1 event on this page', '/audit?before=c']);
  expect(pager(0, {}, { previous: null, next: null })).toEqual(['0 events']);
});

test('beyond the end back is the first page', () => {
  expect(pager(0, { after: 'z', action: 'x' }, { previous: null, next: null })).toEqual([
    'No events on this page',
    '/audit?action=x',
  ]);
});

test('what was counted is said as it was', () => {
  const links = { newerHref: null, olderHref: '/users?after=a' };
  const html = renderToStaticMarkup(
    <Pager {...links} shown={50} count={{ atLeast: 10_000 }} noun={['one', 'people']} />,
  );
  expect(html).toContain('50 of 10,000+ people');
});
