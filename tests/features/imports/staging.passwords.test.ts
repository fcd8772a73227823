import { testDatabase } from '@tests/support/database';
import { makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { upload } from './import.support';

const { db } = await testDatabase();

test('a password is not stored when broken quotation marks move it into another column', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const file = 'email,note,password\na@example.com,"hi" there,hunter-one",""\nb@example.com,,hunter-two\n';
  const { id } = await upload(db, admin.id, file);
  const rows = await db.uploadRow.findMany({ where: { planId: id } });
  expect(rows.map(({ fields }) => fields[0])).toEqual(['a@example.com', 'b@example.com']);
  expect(JSON.stringify(rows)).not.toContain('hunter');
});
