import { testDatabase } from '@tests/support/database';
import { makeUser } from '@tests/support/factories';
import { requestFrom } from '@tests/support/sign-in';
import { expect, test, vi } from 'vitest';
import * as throttle from '@/server/auth/throttle';
import { Fail, type FailCode } from '@/server/fail';
import * as log from '@/server/log';
import { auditDenial, traceRefusal } from '@/server/refusals';

vi.mock('@/server/auth/throttle', { spy: true });
vi.mock('@/server/log', { spy: true });

const { db, owner } = await testDatabase();

const nobody = { kind: 'anonymous', id: null } as const;
const events = async () =>
  (await db.auditEvent.findMany({ orderBy: { seq: 'asc' } })).map((event) => [event.action, event.actorId]);

function tries(code: FailCode, userId: string | null, ip = '192.0.2.1') {
  const actor = userId ? { kind: 'user' as const, id: userId } : nobody;
  return traceRefusal(new Fail(code), { actor, request: requestFrom(ip), what: 'some.form' });
}

test('ASVS 16.3.2: a denial is kept, once for each place and hour', async () => {
  const { id } = await makeUser(db);
  const denied = (what: string) =>
    auditDenial({ actor: { kind: 'user', id }, request: requestFrom(), what }, 'users.read');
  await Promise.all(Array.from({ length: 5 }, () => denied('page')));
  await denied('users.export');
  expect(await events()).toEqual([
    ['access.denied', id],
    ['access.denied', id],
  ]);
});

test('ASVS 16.3.3: ids outside the scope, grants beyond the own and foreign origins leave one event each kind and person', async () => {
  const [one, two] = [await makeUser(db), await makeUser(db)];
  for (const { id } of [one, two]) {
    for (const code of ['not_found', 'group.unknown', 'grant.beyond_own', 'user.outranks', 'origin'] as const) {
      await Promise.all([tries(code, id), tries(code, id)]);
    }
  }
  const each = ['access.out_of_scope', 'access.beyond_own', 'access.foreign_origin'];
  expect(await events()).toEqual([one, two].flatMap(({ id }) => each.map((action) => [action, id])));
});

test('a mistake in a form leaves none', async () => {
  const { id } = await makeUser(db);
  for (const code of ['input', 'changed_meanwhile', 'password.wrong', 'user.exists'] as const) await tries(code, id);
  expect(await events()).toEqual([]);
});

test('a blocked source is one source, signed in or not, and an IPv6 network is one as well', async () => {
  const { id } = await makeUser(db);
  await tries('blocked', null, '2001:db8:0:7::1');
  await tries('blocked', id, '2001:db8:0:7::2');
  await tries('blocked', null, '2001:db8:0:8::1');
  expect(await events()).toEqual([
    ['source.blocked', null],
    ['source.blocked', null],
  ]);
  const details = await db.auditDetail.findMany({ orderBy: { eventId: 'asc' } });
  expect(details.map(({ body }) => (body as { after: object }).after)).toEqual([
    { what: 'some.form', source: '2001:db8:0:7::/64' },
    { what: 'some.form', source: '2001:db8:0:8::/64' },
  ]);
});

test('an hour later there is another event', async () => {
  await tries('origin', null);
  await owner.query(`UPDATE throttle SET window_start = window_start - interval '61 minutes'`);
  await tries('origin', null);
  await tries('origin', null);
  expect(await events()).toHaveLength(2);
});

test('one place is one place, whatever parameters are made up for it', async () => {
  const { id } = await makeUser(db);
  for (const path of ['/roles', '/roles?aaaa', '/roles?aaab&aaac'])
    await auditDenial({ actor: { kind: 'user', id }, request: { ...requestFrom(), path }, what: 'page' }, 'roles.read');
  expect(await events()).toEqual([['access.denied', id]]);
});

test('a trace that cannot be written never replaces the refusal', async () => {
  vi.mocked(throttle.isNoted).mockRejectedValueOnce(new Error('no connection'));
  vi.mocked(log.logBug).mockReturnValueOnce('');
  await tries('origin', null);
  expect(log.logBug).toHaveBeenCalledOnce();
});
