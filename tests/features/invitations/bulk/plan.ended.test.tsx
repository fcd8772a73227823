import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, workAs } from '@tests/support/factories';
import { wordsOf } from '@tests/support/render';
import { expect, test } from 'vitest';
import { BulkStep } from '@/features/invitations/bulk/components/bulk-step';
import { endOf } from '@/features/invitations/bulk/components/words';
import { getBulk } from '@/features/invitations/bulk/plan.queries';
import { cancelBulk } from '@/features/invitations/bulk/plan.service';
import type { PlanDetail } from '@/features/plans/details.queries';
import { change, confirm, makeInvitations, plan } from './bulk.support';

const { db } = await testDatabase();

async function world(count: number) {
  const admin = await makeMember(db, { roles: ['org-admin'], firstName: 'Ada', lastName: 'King' });
  const ids = await makeInvitations(db, { count, senderId: admin.id, organizationId: admin.organizationId });
  return { admin, ids };
}

const stop = (actorId: string, id: string) =>
  workAs<'users.invite', { hadBegun: boolean }>(db, actorId, (work) => cancelBulk(work, id));

async function pageOf(actorId: string, id: string, search: Record<string, string> = {}) {
  const can = await canAs<'users.invite'>(db, actorId);
  return wordsOf(<BulkStep can={can} detail={await getBulk(can, id)} search={search} />);
}

test('a discarded bulk action says so and no longer announces changes to its rows', async () => {
  const { admin, ids } = await world(2);
  const id = await plan(db, admin.id, { do: 'cancel', ids });
  expect(await pageOf(admin.id, id)).toContain('Its link stops working');
  expect(await stop(admin.id, id)).toEqual({ hadBegun: false });
  const page = await pageOf(admin.id, id);
  expect(page).toContain('All invitations are as they were.');
  expect(page).not.toContain('stops working');
});

test('rows that a stopped bulk action never reached are listed as not reached', async () => {
  const { admin, ids } = await world(2);
  const id = await plan(db, admin.id, { do: 'resend', ids });
  await confirm(db, admin.id, id);
  expect(await stop(admin.id, id)).toEqual({ hadBegun: true });
  for (const verdict of ['left', 'apply']) {
    const page = await pageOf(admin.id, id, { verdict });
    expect(page).toContain('Not reached 2');
    expect(page).toMatch(/guest0@example\.com.*?Not reached/);
    expect(page).not.toContain('Gets a new link');
  }
  const done = await change(db, admin.id, { do: 'resend', ids });
  const page = await pageOf(admin.id, done.id);
  expect(page).toContain('2 invitations were resent');
  expect(page).not.toContain('Not reached');
  const one = await change(db, admin.id, { do: 'resend', ids: ids.slice(1) });
  expect(await pageOf(admin.id, one.id)).toContain('1 invitation was resent');
});

test.each([
  [0, 2, 'No invitation was cancelled'],
  [1, 1, '1 invitation was cancelled'],
  [1, 3, '1 of 3 invitations was cancelled'],
  [2, 3, '2 of 3 invitations were cancelled'],
])('a receipt for %d of %d says “%s”', (applied, total, title) => {
  const counts = { applied, refused: total - applied, skipped: 0, left: 0, did: {} };
  expect(endOf({ state: 'done', total, receipt: { counts } } as PlanDetail, 'cancel')).toBe(title);
});
