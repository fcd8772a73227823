import { testDatabase } from '@tests/support/database';
import { makeMember, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { deactivateUser } from '@/features/users/deactivation.service';
import type { Work } from '@/server/work';

const { db, owner } = await testDatabase();

test('somebody whose membership ends while a deactivation waits for the lock is not found', async () => {
  const orgAdmin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = orgAdmin;
  const person = await makeMember(db, { organizationId });
  const other = await owner.connect();
  await other.query('BEGIN');
  await other.query(`SELECT 1 FROM "user" WHERE id = $1 FOR UPDATE`, [person.id]);
  await other.query('DELETE FROM membership WHERE user_id = $1', [person.id]);
  const input = { id: person.id, reason: '', until: null };
  const action = workAs(db, orgAdmin.id, (work: Work<'users.deactivate'>) => deactivateUser(work, input));
  const refused = expect(action).rejects.toMatchObject({ code: 'not_found' });
  await waitForLock();
  await other.query('COMMIT');
  other.release();
  await refused;
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({ status: 'active' });
});

async function waitForLock() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { rows } = await owner.query(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Nothing waits for a lock.');
}
