import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, roleId, workAs } from '@tests/support/factories';
import { wordsOf } from '@tests/support/render';
import { expect, test } from 'vitest';
import { notDoneFile } from '@/features/invitations/bulk/bulk-not-done.queries';
import { BulkStep } from '@/features/invitations/bulk/components/bulk-step';
import { OwnChanges } from '@/features/invitations/bulk/components/own-changes';
import { labelFor } from '@/features/invitations/bulk/components/words';
import { getBulk, listOwnBulk } from '@/features/invitations/bulk/plan.queries';
import { cancelBulk } from '@/features/invitations/bulk/plan.service';
import { cancelInvitation } from '@/features/invitations/cancel.service';
import { change, confirm, makeInvitations, plan } from './bulk.support';

const { db, owner } = await testDatabase();
const canOf = (id: string) => canAs<'users.invite'>(db, id);
const stop = (actorId: string, id: string) =>
  workAs<'users.invite', unknown>(db, actorId, (work) => cancelBulk(work, id));

async function world(count: number) {
  const admin = await makeMember(db, { roles: ['org-admin'], firstName: 'Ada', lastName: 'King' });
  const ids = await makeInvitations(db, { count, senderId: admin.id, organizationId: admin.organizationId });
  return { admin, ids };
}

async function fileOf(readerId: string, id: string): Promise<string[]> {
  const { lines } = await notDoneFile(await canOf(readerId), id);
  let text = '';
  for await (const part of lines) text += part;
  return text.replace('\ufeff', '').trimEnd().split('\r\n');
}

test('the list links to one’s own bulk actions that are waiting, in progress or done', async () => {
  const { admin, ids } = await world(3);
  const done = await change(db, admin.id, { do: 'resend', ids });
  await stop(admin.id, await plan(db, admin.id, { do: 'cancel', ids }));
  const ready = await plan(db, admin.id, { do: 'cancel', ids });
  const applying = await plan(db, admin.id, { do: 'cancel', ids: ids.slice(1) });
  await confirm(db, admin.id, applying);
  const old = await change(db, admin.id, { do: 'resend', ids });
  await owner.query(`UPDATE plan SET created_at = now() - interval '8 days' WHERE id = $1`, [old.id]);
  const changes = await listOwnBulk(await canOf(admin.id));
  expect(changes.map(({ id, state, action, total }) => [id, state, action, total])).toEqual([
    [applying, 'applying', 'cancel', 2],
    [ready, 'ready', 'cancel', 3],
    [done.id, 'done', 'resend', 3],
  ]);
  const page = await wordsOf(<OwnChanges changes={changes} timeZone="UTC" now={new Date()} />);
  expect(page).toContain('is in progress. See progress');
  expect(page).toContain('“Cancel 3 invitations”');
  expect(page).toMatch(/1 bulk action .* Resend 3 invitations Done/);
  const colleague = await makeMember(db, { organizationId: admin.organizationId, roles: ['org-admin'] });
  expect(await listOwnBulk(await canOf(colleague.id))).toEqual([]);
  await db.membershipRole.deleteMany({ where: { userId: admin.id } });
  await db.userRole.create({ data: { userId: admin.id, roleId: await roleId(db, 'auditor') } });
  expect(await listOwnBulk(await canOf(admin.id))).toEqual([]);
});

test('invitations that were not changed can be downloaded with the reasons, safe for spreadsheets', async () => {
  const { admin, ids } = await world(4);
  const [, ended = '', changed = ''] = ids;
  await db.invitation.update({ where: { id: ended }, data: { firstName: '=HYPERLINK("x")', lastName: '' } });
  const action = (id: string) => workAs<'users.invite', void>(db, admin.id, (work) => cancelInvitation(work, id));
  await action(ended);
  const id = await plan(db, admin.id, { do: 'cancel', ids });
  expect(await fileOf(admin.id, id)).toHaveLength(2);
  await confirm(db, admin.id, id);
  await action(changed);
  await stop(admin.id, id);
  const lines = await fileOf(admin.id, id);
  expect(lines[0]).toBe('email,name,organization,reason');
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => line.endsWith('Not reached.'))).toHaveLength(3);
  const [line = ''] = lines.filter((each) => each.includes('was accepted or cancelled'));
  expect(line).toMatch(/^guest1@example\.com,"'=HYPERLINK\(""x""\)",/);
  const page = await wordsOf(
    <BulkStep can={await canOf(admin.id)} detail={await getBulk(await canOf(admin.id), id)} search={{}} />,
  );
  expect(page).toContain('Download 4 not done');
  expect(page).toMatch(/Confirmed by Ada King\..* Confirmed \w+ \d+, .* Ended \w+ \d/);
});

test('the file contains nothing that the page hides, and other organizations do not find it', async () => {
  const { admin, ids } = await world(1);
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  const done = await change(db, admin.id, { do: 'resend', ids });
  await expect(notDoneFile(await canOf(stranger.id), done.id)).rejects.toMatchObject({ code: 'not_found' });
  await db.planRow.create({
    data: {
      ...{ planId: done.id, n: 9, verdict: 'not_allowed', status: 'skipped', label: 'secret@other.example' },
      change: { name: 'Secret', organization: 'Other', state: 'open', expiresAt: '' },
      reasons: [{ code: 'not_allowed' }],
    },
  });
  const colleague = await makeMember(db, { organizationId: admin.organizationId, roles: ['org-admin'] });
  expect((await fileOf(admin.id, done.id)).join()).toContain('secret@other.example');
  const seen = (await fileOf(colleague.id, done.id)).join();
  expect(seen).toContain('Outside this organization');
  expect(seen).not.toMatch(/secret/i);
});

test('buttons name the action and the number of invitations', () => {
  expect(labelFor('cancel', 3)).toBe('Cancel 3 invitations');
  expect(labelFor('resend', 1)).toBe('Resend 1 invitation');
  expect(labelFor('confirm', { atLeast: 10_000 })).toBe('Confirm 10,000+ invitations');
  expect(labelFor('cancel', null)).toBe('Cancel invitations');
});
