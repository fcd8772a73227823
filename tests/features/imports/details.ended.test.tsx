import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { wordsOf } from '@tests/support/render';
import { expect, test } from 'vitest';
import { ImportStep } from '@/features/imports/components/import-step';
import { getImport } from '@/features/imports/details.queries';
import { failedRowsFile } from '@/features/imports/failed-rows.queries';
import { importableOrganizations } from '@/features/imports/form-options.queries';
import { listImports } from '@/features/imports/list.queries';
import { readImportsFilter } from '@/features/imports/list.schema';
import { cancelImport } from '@/features/imports/steps.service';
import { confirm, importFile, upload, validate } from './import.support';

const { db } = await testDatabase();
const admin = () => makeUser(db, { roles: ['system-admin'] });
const file = 'email,first_name\nada@example.com,Ada\nbob@example.com,Bob';

const stop = (actorId: string, id: string) =>
  workAs<'users.import', { hadBegun: boolean }>(db, actorId, (work) => cancelImport(work, id));

async function pageOf(actorId: string, id: string, search: Record<string, string> = {}) {
  const can = await canAs<'users.import'>(db, actorId);
  return wordsOf(<ImportStep can={can} detail={await getImport(can, id)} search={search} />);
}

test('a discarded import shows no review of deleted rows', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await validate(db, actor, id);
  expect(await pageOf(actor, id)).toContain('Create 2');
  expect(await stop(actor, id)).toEqual({ hadBegun: false });
  const page = await pageOf(actor, id);
  expect(page).toContain('Nothing was imported');
  expect(page).not.toContain('Create');
  const { rows } = await listImports(await canAs<'users.import'>(db, actor), readImportsFilter({}));
  expect(rows).toMatchObject([{ state: 'cancelled', isDiscarded: true }]);
});

test('a stopped import lists rows it did not reach without promising anything', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await validate(db, actor, id);
  await confirm(db, actor, id);
  expect(await stop(actor, id)).toEqual({ hadBegun: true });
  const { rows } = await listImports(await canAs<'users.import'>(db, actor), readImportsFilter({}));
  expect(rows).toMatchObject([{ isDiscarded: false }]);
  for (const search of [{ verdict: 'left' }, { verdict: 'create' }]) {
    const page = await pageOf(actor, id, search);
    expect(page).toContain('Not reached 2');
    expect(page.match(/ada@example\.com.*?Not reached/)).not.toBeNull();
    expect(page).not.toContain('Gets an invitation');
  }
});

test('a completed import lists no rows as not reached', async () => {
  const { id: actor } = await admin();
  const id = await importFile(db, actor, file);
  const page = await pageOf(actor, id);
  expect(page).toContain('The import is done');
  expect(page).not.toContain('Not reached');
});

test('failed rows can be downloaded until they are deleted, and then the page says so', async () => {
  const { id: actor } = await admin();
  const id = await importFile(db, actor, `${file}\nnot-an-address,Eve`);
  const page = await pageOf(actor, id);
  expect(page).toContain('Download 1 failed row');
  expect(page).toMatch(/Confirmed \w+ \d+, .* By Pat Person .* Ended \w+ \d/);
  const can = await canAs<'users.import'>(db, actor);
  await failedRowsFile(can, id);
  await db.uploadRow.deleteMany({ where: { planId: id } });
  const later = await pageOf(actor, id);
  expect(later).not.toContain('Download');
  expect(later).toContain('1 failed row was deleted 90 days after the import ended');
  await expect(failedRowsFile(can, id)).rejects.toMatchObject({ code: 'not_found' });
  const clean = await importFile(db, actor, 'email\nnew@example.com');
  await db.uploadRow.deleteMany({ where: { planId: clean } });
  expect(await pageOf(actor, clean)).not.toContain('deleted');
});

test('searching by name finds an organization beyond the first hundred, and a chosen one stays listed', async () => {
  const { id: actor } = await admin();
  for (let n = 0; n < 101; n += 1) await makeOrganization(db, { name: `Aa ${n}`, slug: `aa-${n}` });
  const late = await makeOrganization(db, { name: 'Zürich Süd', slug: 'zs' });
  const can = await canAs<'users.import'>(db, actor);
  const names = async (selection: Parameters<typeof importableOrganizations>[1]) =>
    (await importableOrganizations(can, selection)).organizations.map(({ name }) => name);
  expect(await importableOrganizations(can)).toMatchObject({ isCut: true, find: '' });
  expect(await names({ typed: 'zurich' })).toEqual(['Zürich Süd']);
  expect(await names({ typed: 'aa 7', chosen: late.id })).toContain('Zürich Süd');
  const { id } = await upload(db, actor, file);
  expect(await pageOf(actor, id)).toContain('Find an organization');
  expect(await pageOf(actor, id, { findOrganization: 'zurich' })).toContain('Zürich Süd');
  const member = await makeMember(db, { roles: ['org-admin'] });
  const inside = await importableOrganizations(await canAs<'users.import'>(db, member.id), { typed: 'zurich' });
  expect(inside.organizations).toEqual([]);
});
