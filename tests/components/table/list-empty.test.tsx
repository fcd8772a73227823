import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FilterBar } from '@/components/table/filter-bar';
import { ListEmpty } from '@/components/table/list-empty';
import { Pager } from '@/components/table/pager';
import { pageLinks } from '@/lib/list-links';
import type { SearchParams } from '@/lib/search-params';

const narrowing = { search: 'subject', filters: ['action', 'timeFrom'] };

function emptyAt(params: SearchParams) {
  const words = { nothingMatches: { title: 'No event matches' }, nothingYet: { title: 'Nothing has happened yet' } };
  return titleAndLinks(<ListEmpty address={{ path: '/audit', params }} narrowing={narrowing} {...words} />, 'h2');
}

function titleAndLinks(element: React.ReactElement, heading: string) {
  const html = renderToStaticMarkup(element);
  const title = html.match(new RegExp(`<${heading}[^>]*>(.*?)</${heading}>`))?.[1];
  const links = [...html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>([^<]*)</g)].map(
    ([, href, words]) => `${words}: ${href}`,
  );
  return [title, ...links.map((link) => link.replaceAll('&amp;', '&'))];
}

test('an empty list says why it is empty and links to the unfiltered list', () => {
  expect(emptyAt({})).toEqual(['Nothing has happened yet']);
  expect(emptyAt({ subject: 'ada' })).toEqual(['No event matches', 'Clear search: /audit']);
  expect(emptyAt({ action: 'x', size: '25' })).toEqual(['No event matches', 'Clear filters: /audit?size=25']);
  expect(emptyAt({ subject: 'ada', timeFrom: '2026-01-01' })).toEqual([
    'No event matches',
    'Clear search and filters: /audit',
  ]);
});

test('a page beyond the end of a list links to the first page and keeps the filters', () => {
  for (const place of ['after', 'before'])
    expect(emptyAt({ action: 'x', [place]: 'somewhere' })).toEqual([
      'No more rows',
      'Go to the first page: /audit?action=x',
    ]);
});

test('clearing the filters clears the search box too', () => {
  const bar = (params: SearchParams) =>
    titleAndLinks(
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
  return [
    html.match(/<p[^>]*>(.*?)<\/p>/)?.[1],
    ...[...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => href),
  ];
};

test('an uncounted list shows the rows on this page, and its length when it has only one page', () => {
  expect(pager(7, {}, { previous: null, next: null })).toEqual(['7 events']);
  expect(pager(50, {}, { previous: null, next: 'b' })).toEqual(['50 events on this page', '/audit?after=b']);
  expect(pager(1, { after: 'b' }, { previous: 'c', next: null })).toEqual(['1 event on this page', '/audit?before=c']);
  expect(pager(0, {}, { previous: null, next: null })).toEqual(['0 events']);
});

test('beyond the end of a list, back leads to the first page', () => {
  expect(pager(0, { after: 'z', action: 'x' }, { previous: null, next: null })).toEqual([
    'No events on this page',
    '/audit?action=x',
  ]);
});

test('a bounded count is shown with a plus sign', () => {
  const links = { newerHref: null, olderHref: '/users?after=a' };
  const html = renderToStaticMarkup(
    <Pager {...links} shown={50} count={{ atLeast: 10_000 }} noun={['one', 'people']} />,
  );
  expect(html).toContain('50 of 10,000+ people');
});
