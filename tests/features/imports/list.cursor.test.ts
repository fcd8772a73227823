import { testDatabase } from '@tests/support/database';
import { canAs, makeMember } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { listImports } from '@/features/imports/list.queries';
import { readImportsFilter } from '@/features/imports/list.schema';
import { newId } from '@/lib/ids';
import { upload } from './import.support';

const { db } = await testDatabase();

test('an import of another organization is a cursor like one that does not exist', async () => {
  const [own, other] = [await makeMember(db, { roles: ['org-admin'] }), await makeMember(db, { roles: ['org-admin'] })];
  await upload(db, own.id, 'email\nnoor@example.org');
  const foreign = await upload(db, other.id, 'email\nnoor@example.org');
  const can = await canAs<'users.import'>(db, own.id);
  const rowsAt = async (params: Record<string, string>) => (await listImports(can, readImportsFilter(params))).rows;
  expect(await rowsAt({})).toHaveLength(1);
  for (const id of [foreign.id, newId()]) expect(await rowsAt({ after: id })).toEqual([]);
});
