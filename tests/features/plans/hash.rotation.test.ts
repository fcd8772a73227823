import { confirm, runJob, stateOf, upload, validate } from '@tests/features/imports/import.support';
import { testDatabase } from '@tests/support/database';
import { makeOrganization, makeUser } from '@tests/support/factories';
import { rotateSecret } from '@tests/support/secret';
import { expect, test, vi } from 'vitest';

vi.mock('@/server/env', { spy: true });

const { db } = await testDatabase();

const newSecret = 'another secret, for tests only, and long enough';

async function reviewed() {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  await makeOrganization(db, { slug: 'acme' });
  const { id } = await upload(db, admin.id, 'email,role,organization\nada@example.com,staff,acme');
  await validate(db, admin.id, id);
  return { id, adminId: admin.id };
}

test('a plan reviewed before SECRET was exchanged can be confirmed and applied afterwards', async () => {
  const { id, adminId } = await reviewed();
  rotateSecret(newSecret);
  await confirm(db, adminId, id);
  await runJob('imports.apply', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'done', doneRows: 1 });
});

test('without the previous secret it is sent back for review', async () => {
  const { id, adminId } = await reviewed();
  rotateSecret(newSecret, { keep: false });
  await expect(confirm(db, adminId, id)).rejects.toMatchObject({ code: 'plan.stale' });
});
