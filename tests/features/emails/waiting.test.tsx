import { importFile, upload, validate } from '@tests/features/imports/import.support';
import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { withQuota } from '@tests/support/quota';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { EmailTable } from '@/features/emails/components/email-table';
import { listEmails } from '@/features/emails/list.queries';
import { readEmailFilter } from '@/features/emails/list.schema';
import { mailServiceState } from '@/features/emails/mail-service.queries';
import { leavingAtOnce, waitingEmails } from '@/features/emails/waiting.queries';
import { ImportReceipt } from '@/features/imports/components/receipt';
import { ReviewSummary } from '@/features/imports/components/review';
import { getImport } from '@/features/imports/details.queries';

const { db, owner } = await testDatabase();
const setClock = withQuota(owner, 2, '2026-12-01T22:20:00Z');

const now = new Date('2026-12-01T22:20:00Z');
const textOf = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

async function world() {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const rows = Array.from({ length: 5 }, (_, n) => `person${n}@example.com`);
  const id = await importFile(db, admin.id, ['email', ...rows].join('\n'));
  return { admin, id };
}

test('the receipt of an import says how many of its organization’s emails wait, and when the last one leaves', async () => {
  const { admin, id } = await world();
  const can = await canAs<'users.import'>(db, admin.id);
  const waiting = await waitingEmails(can, admin.organizationId);
  expect(waiting).toEqual({ emails: 3, lastLeavesAt: new Date('2026-12-02T00:00:00Z') });
  const detail = await getImport(can, id);
  const receipt = renderToStaticMarkup(<ImportReceipt detail={detail} timeZone="UTC" waiting={waiting} now={now} />);
  expect(textOf(receipt)).toMatch(/Emails that wait 3 .* The last leaves at Wednesday, December 2, 00:00\./);
  await setClock('2026-12-02T00:00:00Z');
  expect(await waitingEmails(can, admin.organizationId)).toBeNull();
});

test('the review of an import says how many invitations leave at once and that the others wait', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { id } = await upload(db, admin.id, 'email\na@example.com\nb@example.com\nc@example.com');
  await validate(db, admin.id, id);
  const review = async (atOnce: number | null) => {
    const detail = await getImport(await canAs<'users.import'>(db, admin.id), id);
    return textOf(renderToStaticMarkup(<ReviewSummary detail={detail} isOwn={false} atOnce={atOnce} />));
  };
  const can = await canAs<'users.import'>(db, admin.id);
  expect(await leavingAtOnce(can, admin.organizationId)).toBe(2);
  expect(await review(2)).toContain(
    'Sends 3 invitations: 2 immediately, the others as soon as the organization may send more emails.',
  );
  expect(await review(3)).toContain('Sends 3 invitations immediately.');
  const root = await makeUser(db, { roles: ['system-admin'] });
  expect(await leavingAtOnce(await canAs(db, root.id), admin.organizationId)).toBeNull();
  expect(await review(null)).toContain('Sends 3 invitations immediately.');
});

test('an organization learns nothing of what waits in another', async () => {
  const { admin } = await world();
  const other = await makeMember(db, { roles: ['org-admin'] });
  expect(await waitingEmails(await canAs<'users.import'>(db, other.id), admin.organizationId)).toBeNull();
});

test('the email log says when a waiting email leaves', async () => {
  const { admin } = await world();
  const { rows } = await listEmails(await canAs<'emails.read'>(db, admin.id), readEmailFilter({}));
  const address = { path: '/emails', params: {} };
  const narrowing = { search: '', filters: [] };
  const table = <EmailTable rows={rows} address={address} timeZone="UTC" narrowing={narrowing} now={now} />;
  const leaves = textOf(renderToStaticMarkup(table)).match(/Leaves at [\w, ]*\d\d:\d\d/g);
  expect([...(leaves ?? [])].sort()).toEqual([
    'Leaves at 23:00',
    'Leaves at 23:30',
    'Leaves at Wednesday, December 2, 00:00',
  ]);
});

test('the mail service does not look late because emails wait for their hour', async () => {
  const { admin } = await world();
  const root = await makeUser(db, { roles: ['system-admin'] });
  await owner.query(`UPDATE email SET state = 'sent', sent_at = app_now() WHERE next_attempt_at <= app_now()`);
  for (const { id } of [admin, root]) {
    expect(await mailServiceState(await canAs<'emails.read'>(db, id))).toMatchObject({
      ...{ queued: 0, postponed: 3, oldestQueuedAt: null, waitingBecause: null, lastSentAt: now },
    });
  }
});

test('the worker and the pages find their emails through an index beside twenty thousand that wait', async () => {
  const { admin } = await world();
  await owner.query(
    `INSERT INTO email (id, template, params, to_address, dedupe_key, message_id, next_attempt_at, organization_id)
     SELECT gen_random_uuid(), 'invitation', '{}', 'x@example.com', 'k' || n, 'm' || n, app_now() + n * interval '3.6 s', $1
       FROM generate_series(1, 20000) n`,
    [admin.organizationId],
  );
  // Without what earlier tests deleted, which an index still leads to.
  await owner.query('VACUUM (ANALYZE) email');
  const conditions = {
    worker: `state = 'pending' AND next_attempt_at <= app_now() ORDER BY next_attempt_at LIMIT 1`,
    page: `organization_id = '${admin.organizationId}' AND state = 'pending' AND next_attempt_at > app_now()
           ORDER BY next_attempt_at DESC LIMIT 1`,
  };
  for (const [who, condition] of Object.entries(conditions)) {
    const { rows } = await owner.query(`EXPLAIN (ANALYZE, BUFFERS) SELECT 1 FROM email WHERE ${condition}`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan, who).toMatch(/Index Cond: .*state.*next_attempt_at/);
    expect(Number(/Buffers: shared hit=(\d+)/.exec(plan)?.[1]), plan).toBeLessThan(20);
  }
});
