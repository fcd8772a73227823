import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { DataTable } from '@/components/table/data-table';

type Row = { id: string; name: string };

function render(sort: { key: string; direction: 'asc' | 'desc' }) {
  return renderToStaticMarkup(
    <DataTable<Row>
      caption="Users"
      columns={[
        { key: 'name', header: 'Name', sort: 'name', cell: (row) => row.name },
        { key: 'created', header: 'Created', sort: 'created', firstDirection: 'desc', cell: () => 'today' },
        { key: 'phone', header: 'Phone', cell: () => '–' },
      ]}
      rows={[{ id: '1', name: 'Ada' }]}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.name}
      address={{ path: '/users', params: { q: 'a', after: 'cursor' } }}
      sort={sort}
      selection={{ formId: 'chosen' }}
      empty={null}
    />,
  );
}

const hrefs = (html: string) =>
  [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]?.replaceAll('&amp;', '&'));

const headerOf = (html: string) => html.slice(html.indexOf('<thead'), html.indexOf('<tbody'));

describe('the header of a list', () => {
  test('reverses the current sort and starts other columns in their own direction', () => {
    expect(hrefs(headerOf(render({ key: 'name', direction: 'asc' })))).toEqual([
      '/users?q=a&sort=name&direction=desc',
      '/users?q=a&sort=created&direction=desc',
    ]);
    expect(hrefs(headerOf(render({ key: 'created', direction: 'desc' })))[1]).toBe(
      '/users?q=a&sort=created&direction=asc',
    );
  });

  test('marks the sorted column, and only that one, for screen readers', () => {
    expect(render({ key: 'created', direction: 'desc' }).match(/aria-sort="\w+"/g)).toEqual(['aria-sort="descending"']);
  });
});

test('above the cards on phones are the same sort links and the box that selects the page', () => {
  const html = render({ key: 'name', direction: 'asc' });
  const above = html.slice(0, html.indexOf('<table'));
  expect(hrefs(above)).toEqual(hrefs(headerOf(html)));
  expect(above).toContain('Sorted by Name');
  expect(above.match(/aria-current="true"/g)).toHaveLength(1);
  expect(above).toContain('data-select-page="chosen"');
});

test('the check box of a row belongs to the form of the selection bar', () => {
  const box = render({ key: 'name', direction: 'asc' }).match(/<input[^>]*name="ids"[^>]*>/)?.[0];
  expect(box).toContain('form="chosen"');
  expect(box).toContain('value="1"');
  expect(box).toContain('aria-label="Select Ada"');
});

test('a table has no style attributes, which the content policy would block', () => {
  expect(render({ key: 'name', direction: 'asc' })).not.toContain('style=');
});
