import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { UserFigures } from '@/features/users/components/user-figures';
import { parseUserFilter } from '@/features/users/list.schema';
import type { SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';
import { list } from './users.support';

const { db } = await testDatabase();

/** Each figure of the page as its label, number and address; a star marks the one that the list shows. */
async function figuresOn(can: Can<'users.read'>, params: SearchParams): Promise<string[]> {
  const { figures, figuresPlace } = await list(can, params);
  const filter = parseUserFilter(params, 50);
  const page = renderToStaticMarkup(<UserFigures figures={figures} place={figuresPlace} filter={filter} />);
  return [...page.matchAll(/<a ([^>]*)>(.*?)<\/a>/g)].map(([, attributes = '', face = '']) => {
    const href = attributes.match(/href="([^"]*)"/)?.[1]?.replaceAll('&amp;', '&');
    const words = face
      .replaceAll(/<[^>]*>/g, ' ')
      .trim()
      .split(/\s+/);
    return [...words, href, ...(attributes.includes('aria-current') ? ['*'] : [])].join(' ');
  });
}

test('figures are those of the chosen organization, lead to lists with as many rows, and mark the one shown', async () => {
  const ada = await makeUser(db, { roles: ['system-admin'] });
  const acme = await makeOrganization(db, { slug: 'acme' });
  await makeMember(db, { organizationId: acme.id });
  await makeMember(db, { organizationId: acme.id, status: 'inactive' });
  const can = await canAs<'users.read'>(db, ada.id);

  expect(await figuresOn(can, {})).toEqual([
    'People 3 /users *',
    'Active 2 /users?status=active',
    'Invited 0 /users?status=invited',
    'Inactive 1 /users?status=inactive',
  ]);
  expect(await figuresOn(can, { organization: 'acme', status: 'inactive' })).toEqual([
    'People 2 /users?organization=acme',
    'Active 1 /users?organization=acme&status=active',
    'Invited 0 /users?organization=acme&status=invited',
    'Inactive 1 /users?organization=acme&status=inactive *',
  ]);
  expect((await list(can, { organization: 'acme', status: 'inactive' })).count).toBe(1);
  expect(await figuresOn(can, { status: 'active', q: 'ada' })).not.toContainEqual(expect.stringContaining('*'));
  expect((await figuresOn(can, { organization: 'nowhere' }))[0]).toBe('People 3 /users');
});
