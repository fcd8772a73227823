import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { expect, test } from 'vitest';
import { invite } from '../invitations/invitations.support';
import { importFile } from './import.support';

const { db, owner } = await testDatabase();
withQuota(owner, 60, '2026-12-01T10:20:00Z');

const fileOf = (count: number) =>
  ['email', ...Array.from({ length: count }, (_, n) => `person${n}@example.com`)].join('\n');

/** How many invitations of the organization leave in each hour. */
async function byHour(organizationId: string): Promise<Record<string, number>> {
  const { rows } = await owner.query(
    `SELECT to_char(next_attempt_at AT TIME ZONE 'UTC', 'DD"T"HH24') AS hour, count(*)::int AS emails
       FROM email WHERE organization_id = $1 AND template = 'invitation' GROUP BY 1 ORDER BY 1`,
    [organizationId],
  );
  return Object.fromEntries(rows.map(({ hour, emails }) => [hour, emails]));
}

test('an import of twenty times the quota leaves over twenty hours, and another organization still invites at once', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeMember(db, { roles: ['org-admin'] });
  await importFile(db, admin.id, fileOf(1200));
  const hours = await byHour(admin.organizationId);
  expect(Object.keys(hours)).toHaveLength(20);
  expect(new Set(Object.values(hours))).toEqual(new Set([60]));
  await invite(db, other.id, { organizationId: other.organizationId, email: 'elsewhere@example.com' });
  expect(await byHour(other.organizationId)).toEqual({ '01T10': 1 });
  await invite(db, admin.id, { organizationId: admin.organizationId, email: 'late@example.com' });
  expect(await byHour(admin.organizationId)).toMatchObject({ '02T06': 1 });
  // Each link lives for seven days from the time when its email leaves.
  const { rows } = await owner.query(
    `SELECT count(*)::int AS n FROM invitation i JOIN email e ON e.subject_id = i.id
      WHERE i.expires_at = e.next_attempt_at + interval '7 days'`,
  );
  expect(rows).toEqual([{ n: 1202 }]);
});

test('an import by a System Admin into an organization does not count for it', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const root = await makeUser(db, { roles: ['system-admin'] });
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: admin.organizationId } });
  const rows = Array.from({ length: 100 }, (_, n) => `person${n}@example.com,${slug}`);
  await importFile(db, root.id, ['email,organization', ...rows].join('\n'));
  expect(await byHour(admin.organizationId)).toEqual({ '01T10': 100 });
  expect(await db.emailQuota.count()).toBe(0);
});
