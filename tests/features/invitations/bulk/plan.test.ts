import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, roleId, workAs } from '@tests/support/factories';
import { readOutbox } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { getBulk, listBulkRows } from '@/features/invitations/bulk/plan.queries';
import { cancelBulk } from '@/features/invitations/bulk/plan.service';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { resendInvitation } from '@/features/invitations/resend.service';
import { readsOn } from '@/server/db/statements';
import { accept, events, invite, tokenOf } from '../invitations.support';
import { change, confirm, makeInvitations, outcomes, plan, runJob, stateOf } from './bulk.support';

const { db, owner } = await testDatabase();

const reload = (id: string) => db.invitation.findUniqueOrThrow({ where: { id } });
const act = (userId: string, action: typeof resendInvitation, id: string) =>
  workAs<'users.invite', void>(db, userId, (work) => action(work, id));

async function world(count: number) {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = admin;
  const ids = await makeInvitations(db, { count, senderId: admin.id, organizationId });
  return { admin, organizationId, ids };
}

test('selected invitations are resent: the old links expire, each gets one mail, and it is audited', async () => {
  const { admin, organizationId } = await world(0);
  const first = await invite(db, admin.id, { organizationId, roles: ['viewer'] });
  const [other = ''] = await makeInvitations(db, { count: 1, senderId: admin.id, organizationId });
  const done = await change(db, admin.id, { do: 'resend', ids: [first.id, other] });
  expect(done).toMatchObject({ state: 'done', organizationId, total: 2, counts: { apply: 2 } });
  expect(done.receipt?.counts).toMatchObject({ applied: 2, refused: 0, skipped: 0, left: 0, did: { resent: 2 } });
  const again = await reload(first.id);
  expect(again).toMatchObject({ version: 2, state: 'open', delivery: 'queued', sentAt: null });
  expect(again.expiresAt.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
  expect(await findByToken(readsOn(db), tokenOf(first))).toBeNull();
  const mails = (await readOutbox(db)).filter((mail) => mail.link?.endsWith(tokenOf(again)));
  expect(mails).toHaveLength(1);
  expect(await accept(db, tokenOf(again))).toMatchObject({ kind: 'accepted' });
  expect((await events(db, 'invitation.resent')).map((event) => event.subjectId).sort()).toEqual(
    [first.id, other].sort(),
  );
  for (const action of ['invitations.planned', 'invitations.confirmed', 'invitations.applied'])
    expect(await events(db, action)).toMatchObject([{ subjectId: done.id, organizationId }]);
});

test('"all that match" follows the filters of the list exactly, whatever is selected', async () => {
  const { admin, organizationId, ids } = await world(12);
  await makeInvitations(db, { count: 3, senderId: admin.id, organizationId, name: 'other' });
  await owner.query(`UPDATE invitation SET delivery = 'bounced' WHERE id = ANY($1)`, [ids.slice(0, 5)]);
  const id = await plan(db, admin.id, { do: 'resend', all: '1', ids: ids[9] ?? '', status: 'bounced', q: 'guest' });
  expect(await stateOf(db, id)).toMatchObject({ state: 'ready', total: 5, counts: { apply: 5 } });
  expect(Object.keys(await outcomes(db, id)).sort()).toEqual(ids.slice(0, 5).sort());
});

test('rows that need nothing or were resent too often today are skipped and listed with the reason', async () => {
  const { admin, organizationId, ids } = await world(5);
  const [fresh = '', ended = '', often = '', ranOut = '', replaced = ''] = ids;
  await act(admin.id, cancelInvitation, ended);
  for (let n = 0; n < 5; n += 1) await act(admin.id, resendInvitation, often);
  await owner.query(
    `UPDATE invitation SET state = 'expired', expires_at = now() - interval '1 day' WHERE id = ANY($1)`,
    [[ranOut, replaced]],
  );
  const { userId } = await reload(replaced);
  await owner.query(
    `INSERT INTO invitation (id, user_id, organization_id, token_hash, email, expires_at)
     VALUES (gen_random_uuid(), $1, $2, '\\x00', 'guest4@example.com', now() + interval '1 day')`,
    [userId, organizationId],
  );
  const done = await change(db, admin.id, { do: 'resend', ids });
  expect(done.counts).toEqual({ apply: 2, unchanged: 2, too_often: 1 });
  expect(await outcomes(db, done.id)).toEqual({
    [fresh]: 'applied',
    [ended]: 'unchanged: not_pending',
    [often]: 'too_often: too_often',
    [ranOut]: 'applied',
    [replaced]: 'unchanged: newer_open',
  });
  expect(await reload(ranOut)).toMatchObject({ state: 'open', version: 2 });
  expect(await reload(often)).toMatchObject({ version: 6 });
});

test('if two invitations of a person expired for the same organization, the newer one is resent', async () => {
  const { admin, organizationId, ids } = await world(1);
  const [older = ''] = ids;
  const { userId } = await reload(older);
  await owner.query(`UPDATE invitation SET state = 'expired'`);
  const [newer] = (
    await owner.query<{ id: string }>(
      `INSERT INTO invitation (id, user_id, organization_id, token_hash, email, state, expires_at, created_at)
       VALUES (gen_random_uuid(), $1, $2, '\\x00', 'guest0@example.com', 'expired', now(), now() + interval '1 second')
       RETURNING id`,
      [userId, organizationId],
    )
  ).rows;
  const done = await change(db, admin.id, { do: 'resend', ids: [older, newer?.id ?? ''] });
  expect(await outcomes(db, done.id)).toEqual({ [older]: 'unchanged: newer_open', [newer?.id ?? '']: 'applied' });
});

test('an org admin cannot select invitations of another organization, by id or by filter', async () => {
  const { admin, ids } = await world(2);
  const foreign = await world(0);
  const theirs = await makeInvitations(db, {
    count: 2,
    senderId: foreign.admin.id,
    organizationId: foreign.organizationId,
    name: 'theirs',
  });
  const id = await plan(db, admin.id, { do: 'cancel', ids: [...ids, ...theirs] });
  expect(Object.keys(await outcomes(db, id)).sort()).toEqual([...ids].sort());
  const all = await plan(db, admin.id, { do: 'cancel', all: '1' });
  expect(await stateOf(db, all)).toMatchObject({ total: 2, counts: { apply: 2 } });
  await expect(plan(db, admin.id, { do: 'cancel', ids: theirs })).rejects.toMatchObject({ code: 'not_found' });
  const can = await canAs<'users.invite'>(db, foreign.admin.id);
  await expect(getBulk(can, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(confirm(db, foreign.admin.id, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    workAs<'users.invite', unknown>(db, foreign.admin.id, (work) => cancelBulk(work, id)),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(await db.invitation.count({ where: { state: 'open' } })).toBe(4);
});

test('invitations the actor sees but may not change are listed to the actor and masked for colleagues', async () => {
  const { admin, organizationId, ids } = await world(1);
  const reader = await makeMember(db, { organizationId, roles: ['org-admin'] });
  await db.userRole.create({ data: { userId: reader.id, roleId: await roleId(db, 'auditor') } });
  const elsewhere = await makeOrganization(db);
  const [seen = ''] = await makeInvitations(db, {
    count: 1,
    senderId: admin.id,
    organizationId: elsewhere.id,
    name: 'seen',
  });
  const id = await plan(db, reader.id, { do: 'cancel', all: '1' });
  expect(await stateOf(db, id)).toMatchObject({ organizationId, total: 1, counts: { apply: 1, not_allowed: 1 } });
  expect(await outcomes(db, id)).toEqual({ [ids[0] ?? '']: 'apply', [seen]: 'not_allowed: not_allowed' });
  const labelsFor = async (userId: string) => {
    const can = await canAs<'users.invite'>(db, userId);
    const { plan: detail } = await getBulk(can, id);
    return (await listBulkRows(can, detail, { verdict: 'not_allowed' })).rows.map(({ label }) => label);
  };
  expect(await labelsFor(reader.id)).toEqual(['seen0@example.com']);
  expect(await labelsFor(admin.id)).toEqual(['Outside this organization']);
  await confirm(db, reader.id, id);
  await runJob('invitations.apply', id);
  expect(await reload(seen)).toMatchObject({ state: 'open' });
});

test('rows that changed after the review are refused and listed', async () => {
  const { admin, ids } = await world(4);
  const [same = '', resent = '', ended = '', gone = ''] = ids;
  const id = await plan(db, admin.id, { do: 'resend', ids });
  await act(admin.id, resendInvitation, resent);
  await act(admin.id, cancelInvitation, ended);
  await owner.query('DELETE FROM invitation WHERE id = $1', [gone]);
  await confirm(db, admin.id, id);
  await runJob('invitations.apply', id);
  expect((await stateOf(db, id)).receipt?.counts).toMatchObject({ applied: 1, refused: 3, did: { resent: 1 } });
  expect(await outcomes(db, id)).toEqual({
    [same]: 'applied',
    [resent]: 'refused: changed',
    [ended]: 'refused: changed',
    [gone]: 'refused: gone',
  });
  expect(await reload(resent)).toMatchObject({ version: 2 });
  const can = await canAs<'users.invite'>(db, admin.id);
  const { plan: detail } = await getBulk(can, id);
  expect((await listBulkRows(can, detail, { status: 'refused' })).rows).toHaveLength(3);
});

test('cancelling ends links and archives people who were never active and have no other invitation', async () => {
  const { admin, organizationId, ids } = await world(2);
  const [alone = '', twice = ''] = ids;
  const active = await makeUser(db);
  const joining = await invite(db, admin.id, { email: active.email, organizationId });
  const { userId } = await reload(twice);
  await owner.query(
    `INSERT INTO invitation (id, user_id, organization_id, token_hash, email, expires_at)
     VALUES (gen_random_uuid(), $1, $2, '\\x00', 'x@example.com', now() + interval '1 day')`,
    [userId, (await makeOrganization(db)).id],
  );
  const done = await change(db, admin.id, { do: 'cancel', ids: [...ids, joining.id] });
  expect(done.receipt?.counts).toMatchObject({ applied: 3, did: { cancelled: 3 } });
  expect(await db.invitation.count({ where: { id: { in: [...ids, joining.id] }, state: 'cancelled' } })).toBe(3);
  await expect(accept(db, tokenOf({ id: alone, version: 1 }))).rejects.toMatchObject({ code: 'invitation.used' });
  const archived = await db.user.findMany({ where: { status: 'archived' } });
  expect(archived.map((person) => person.id)).toEqual([(await reload(alone)).userId]);
  expect(await events(db, 'user.archived')).toMatchObject([{ subjectId: archived[0]?.id, organizationId: null }]);
  expect(await events(db, 'invitation.cancelled')).toHaveLength(3);
});

test('cancelling more than ten requires typing their number', async () => {
  const { admin } = await world(11);
  const id = await plan(db, admin.id, { do: 'cancel', all: '1' });
  for (const typed of [undefined, '', '10', 'eleven'])
    await expect(confirm(db, admin.id, id, { typed })).rejects.toMatchObject({ code: 'input' });
  expect(await stateOf(db, id)).toMatchObject({ state: 'ready' });
  await confirm(db, admin.id, id, { typed: ' 11 ' });
  expect(await stateOf(db, id)).toMatchObject({ state: 'applying' });
});

test('only its maker confirms a bulk action; a colleague may stop it', async () => {
  const { admin, organizationId } = await world(2);
  const colleague = await makeMember(db, { organizationId, roles: ['org-admin'] });
  const id = await plan(db, admin.id, { do: 'resend', all: '1' });
  await expect(confirm(db, colleague.id, id)).rejects.toMatchObject({ code: 'not_allowed' });
  await workAs<'users.invite', unknown>(db, colleague.id, (work) => cancelBulk(work, id));
  await expect(confirm(db, admin.id, id)).rejects.toMatchObject({ code: 'plan.state' });
  expect(await db.email.count()).toBe(0);
});

test('a confirmed bulk action fails when its maker loses the right', async () => {
  const { admin, ids } = await world(2);
  const id = await plan(db, admin.id, { do: 'cancel', ids });
  await confirm(db, admin.id, id);
  await db.membershipRole.deleteMany({ where: { userId: admin.id } });
  await runJob('invitations.apply', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'failed', error: 'not_allowed' });
  expect(await db.invitation.count({ where: { state: 'open' } })).toBe(2);
});

test('a selection over two organizations is refused for an admin of both', async () => {
  const { admin, organizationId } = await world(1);
  const other = await makeMember(db, { userId: admin.id, roles: ['org-admin'] });
  await makeInvitations(db, { count: 1, senderId: admin.id, organizationId: other.organizationId, name: 'second' });
  await expect(plan(db, admin.id, { do: 'resend', all: '1' })).rejects.toMatchObject({ code: 'input' });
  const id = await plan(db, admin.id, { do: 'resend', all: '1', organization: organizationId });
  expect(await stateOf(db, id)).toMatchObject({ organizationId, total: 1 });
});

test('a plan without a selection is refused', async () => {
  const { admin } = await world(1);
  for (const ids of [[], 'not-an-id', ['\u0000']])
    await expect(plan(db, admin.id, { do: 'resend', ids })).rejects.toMatchObject({ code: 'input' });
});
