import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { DataTable } from '@/components/table/data-table';
import { personValue, timeValue } from '@/components/table/values';

type Row = { id: string; name: string; roles: string[] };

const now = new Date('2026-11-30T12:00:00Z');
const threeDaysAgo = new Date('2026-11-27T11:00:00Z');

function render(sort: { key: string; direction: 'asc' | 'desc' }, roles: string[] = []) {
  return renderToStaticMarkup(
    <DataTable<Row>
      caption="Users"
      columns={[
        {
          key: 'name',
          header: 'Name',
          kind: 'person',
          sort: 'name',
          value: ({ id, name }) => personValue({ id, name, email: 'ada@example.com' }),
        },
        {
          key: 'created',
          header: 'Created',
          kind: 'time',
          sort: 'created',
          firstDirection: 'desc',
          value: () => timeValue(threeDaysAgo, { timeZone: 'UTC', now }),
        },
        { key: 'phone', header: 'Phone', kind: 'text', value: () => null },
        { key: 'roles', header: 'Roles', kind: 'names', value: (row) => ({ names: row.roles }) },
      ]}
      rows={[{ id: '1', name: 'Ada', roles }]}
      rowKey={(row) => row.id}
      rowLabel={(row) => row.name}
      rowHref={(row) => `/users/${row.id}`}
      address={{ path: '/users', params: { q: 'a', after: 'cursor' } }}
      sort={sort}
      selection={{ formId: 'chosen' }}
      menu={{ actions: { edit: { label: 'Edit', icon: 'pencil', href: '/users/{id}/edit' } }, of: () => ['edit'] }}
      empty={null}
    />,
  );
}

const hrefs = (html: string) =>
  [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map((match) => match[1]?.replaceAll('&amp;', '&'));

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

describe('a row', () => {
  const rowOf = (html: string) => html.slice(html.indexOf('<tbody'), html.indexOf('</tbody>'));
  const row = (roles: string[]) => rowOf(render({ key: 'name', direction: 'asc' }, roles));

  test('leads to the record by its name, and without scripts by its menu button too', () => {
    expect(hrefs(row([]))).toEqual(['/users/1', '/users/1']);
    expect(row([])).toContain('aria-label="Actions for Ada"');
  });

  test('shows a short time with the exact one in its title, and leaves cells without a value empty', () => {
    expect(row([])).toContain('title="Nov 27, 2026, 11:00:00 UTC">3 d</time>');
    expect(row([]).match(/data-label="(Phone|Roles)"><\/td>/g)).toHaveLength(2);
  });

  test('stays one line with forty roles, and says all of them', () => {
    const roles = Array.from({ length: 40 }, (_, n) => `Role ${n}`);
    expect(row(roles)).toContain('Role 0<span class="more" aria-hidden="true"> +39</span>');
    expect(row(roles)).toContain('Role 39</span>');
  });

  test('costs at most 25 elements', () => {
    expect(row(['Member', 'Author']).match(/<\w/g)?.length).toBeLessThanOrEqual(26);
  });
});
