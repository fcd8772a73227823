import { createHash } from 'node:crypto';
import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { expect, test } from 'vitest';
import type { ImportChange } from '@/features/imports/review.schema';
import { canonicalJson } from '@/server/audit-chain/hashes';
import { stateOf, upload, validate } from './import.support';

const { db } = await testDatabase();

/** The hash that an importer could compute for a file of one row if its address had no account. */
async function hashIfNew(planId: string) {
  const { params } = await stateOf(db, planId);
  const row = await db.planRow.findFirstOrThrow({ where: { planId } });
  const { as: _as, ...shown } = row.change as ImportChange;
  const change = JSON.stringify(shown);
  const [made] = await db.$queryRaw<{ rows: string }[]>`
    SELECT encode(sha256(sha256(convert_to(concat_ws(E'\x1f', 1, 'create', ${change}::jsonb), 'UTF8'))), 'hex') AS rows`;
  return createHash('sha256')
    .update(canonicalJson({ rows: made?.rows ?? '', params, versions: [] }))
    .digest('hex');
}

test('the hash on the review page does not reveal whether an address has an account', async () => {
  const acme = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  await makeUser(db, { email: 'taken@example.com' });
  for (const email of ['free@example.com', 'taken@example.com']) {
    const { id } = await upload(db, orgAdmin.id, `email,first_name\n${email},Ada`);
    await validate(db, orgAdmin.id, id);
    expect(Buffer.from((await stateOf(db, id)).hash ?? []).toString('hex')).not.toBe(await hashIfNew(id));
  }
});

test('the hash stays the same when the address of an invitation gets an account elsewhere', async () => {
  const acme = await makeOrganization(db);
  const orgAdmin = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const hashes: string[] = [];
  for (const isTaken of [false, true]) {
    if (isTaken) await makeMember(db, { email: 'someone@example.com' });
    const { id } = await upload(db, orgAdmin.id, 'email,first_name\nsomeone@example.com,Ada');
    await validate(db, orgAdmin.id, id);
    hashes.push(Buffer.from((await stateOf(db, id)).hash ?? []).toString('hex'));
  }
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(hashes[1]).toBe(hashes[0]);
});
