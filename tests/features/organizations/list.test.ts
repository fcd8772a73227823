import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { listGroups } from '@/features/groups/list.queries';
import { listOrganizations } from '@/features/organizations/list.queries';
import { nameCursor } from '@/lib/list-params';
import { type NameList, namesPerPage, readNameList } from '@/lib/name-list';
import type { Can } from '@/server/work';

const { db } = await testDatabase();
type Page = { rows: Row[]; previous: Row | null; next: Row | null };
type Row = { id: string; name: string; nameKey: string };
type List = (list: NameList) => Promise<Page>;

const many = 2 * namesPerPage + 7;
// Two share each name, so that the id has to decide.
const nameOf = (n: number) => `Number ${String(Math.floor(n / 2)).padStart(3, '0')}`;

async function everything(list: List): Promise<Row[]> {
  const seen: Row[] = [];
  for (let page = await list(readNameList({})); ; ) {
    seen.push(...page.rows);
    if (!page.next) return seen;
    page = await list(readNameList({ after: nameCursor(page.next) ?? '' }));
  }
}

async function backFrom(list: List, last: Row): Promise<string[][]> {
  const pages: string[][] = [];
  for (let page = await list(readNameList({ before: nameCursor(last) ?? '' })); ; ) {
    pages.unshift(page.rows.map(({ id }) => id));
    if (!page.previous) return pages;
    page = await list(readNameList({ before: nameCursor(page.previous) ?? '' }));
  }
}

async function expectWhole(list: List, count: number) {
  const rows = await everything(list);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(count);
  expect(rows.map(({ name }) => name)).toEqual(rows.map(({ name }) => name).toSorted());
  const [last] = rows.slice(-1);
  if (!last) throw new Error('the list is empty');
  expect((await backFrom(list, last)).flat()).toEqual(rows.slice(0, -1).map(({ id }) => id));
}

describe('lists by name', () => {
  test('organizations can be paged forwards and backwards without losing or repeating one', async () => {
    for (let n = 0; n < many; n += 1) await makeOrganization(db, { name: nameOf(n) });
    const can: Can<'organizations.read'> = await canAs(db, (await makeUser(db, { roles: ['system-admin'] })).id);
    await expectWhole((list) => listOrganizations(can, list), many);
  });

  test('groups can be paged forwards and backwards without losing or repeating one', async () => {
    const { id: organizationId } = await makeOrganization(db);
    for (let n = 0; n < many; n += 1) {
      await makeGroup(db, { name: nameOf(n), ...(n % 2 === 0 && { organizationId }) });
    }
    const can: Can<'groups.read'> = await canAs(db, (await makeUser(db, { roles: ['system-admin'] })).id);
    await expectWhole((list) => listGroups(can, list), many);
  });

  test('a search matches words in any order, ignores case and accents, and takes signs literally', async () => {
    await makeGroup(db, { name: 'Équipe Nord' });
    await makeGroup(db, { name: '100 % remote' });
    await makeGroup(db, { name: '100 days' });
    const can: Can<'groups.read'> = await canAs(db, (await makeUser(db, { roles: ['system-admin'] })).id);
    const found = async (q: string) => (await listGroups(can, readNameList({ q }))).rows.map(({ name }) => name);
    for (const q of ['EQUIPE no', 'nord, équipe', 'quip']) expect(await found(q), q).toEqual(['Équipe Nord']);
    for (const q of ['％', '% rem', '100 rem']) expect(await found(q), q).toEqual(['100 % remote']);
    for (const q of ['0 ％', 'rd', 'equipe south']) expect(await found(q), q).toEqual([]);
    expect(await found('_')).toEqual([]);
    expect(await found('\0')).toHaveLength(3);
  });

  test('groups of another organization never appear, wherever a page starts', async () => {
    const mine = await makeMember(db, { roles: ['org-admin'] });
    const theirs = await makeMember(db);
    await makeGroup(db, { name: 'Ours', organizationId: mine.organizationId });
    const secret = await makeGroup(db, { name: 'Secret', organizationId: theirs.organizationId });
    const can: Can<'groups.read'> = await canAs(db, mine.id);
    expect((await listGroups(can, readNameList({}))).rows.map(({ name }) => name)).toEqual(['Ours']);
    expect((await listGroups(can, readNameList({ q: 'Secret' }))).rows).toEqual([]);
    const { rows, next } = await listGroups(
      can,
      readNameList({ before: nameCursor({ nameKey: 'secret', id: secret.id }) ?? '' }),
    );
    expect(rows.map(({ name }) => name)).toEqual(['Ours']);
    expect(next?.name).toBe('Ours');
  });

  test('a nonsensical cursor opens the first page', () => {
    for (const after of ['', 'x', '~', 'a~1', `a~${'0'.repeat(600)}`])
      expect(readNameList({ after }).after).toBeUndefined();
  });
});
