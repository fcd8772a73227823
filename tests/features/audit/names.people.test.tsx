import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Actor } from '@/features/audit/components/actor';
import { Subject } from '@/features/audit/components/subject';
import { getAuditEvent } from '@/features/audit/details.queries';
import { listHistory } from '@/features/audit/history.queries';
import { readHistoryFilter } from '@/features/audit/history.schema';
import { listAuditEvents } from '@/features/audit/list.queries';
import { auditFilterSchema } from '@/features/audit/list.schema';
import { eventListing } from '@/features/exports/audit-log.queries';
import { type AuditEntry, insertAudit } from '@/server/audit';
import type { Can } from '@/server/work';

const { db } = await testDatabase();
type Reader = Can<'users.read' | 'audit.read'>;

test('people outside the view of an org admin appear by name, without an address or a link', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'], firstName: 'Grace', lastName: 'Hopper' });
  const mine = await makeMember(db, { roles: ['org-admin'], firstName: 'Ada', lastName: 'King' });
  const { organizationId } = mine;
  for (const [actor, subject] of [
    [admin, mine],
    [mine, admin],
  ] as const) {
    const entry: AuditEntry = { action: 'user.updated', subject: { type: 'user', id: subject.id }, organizationId };
    await insertAudit(db, { actor: { kind: 'user', id: actor.id }, requestId: null, ip: null }, [entry]);
  }
  const linkToMine = `href="/users/${mine.id}"`;
  const linkToAdmin = `href="/users/${admin.id}"`;

  const can: Reader = await canAs(db, mine.id);
  const { rows } = await listAuditEvents(can, auditFilterSchema.parse({}));
  const [byMine, byAdmin] = rows;
  if (!byMine || !byAdmin) throw new Error('the events are not listed');
  const history = await listHistory(can, mine.id, readHistoryFilter({}));
  for (const row of [byAdmin, await getAuditEvent(can, byAdmin.id), ...history.rows]) {
    expect(renderToStaticMarkup(<Actor row={row} />)).toBe('Grace Hopper');
    expect(renderToStaticMarkup(<Actor row={row} isInline />)).toBe('Grace Hopper');
  }
  expect(JSON.stringify([rows, history.rows])).not.toContain(admin.email);
  expect(renderToStaticMarkup(<Subject row={byMine} />)).toBe('Grace Hopper');
  expect(renderToStaticMarkup(<Actor row={byMine} />)).toContain(linkToMine);
  expect(renderToStaticMarkup(<Subject row={byAdmin} />)).toContain(linkToMine);

  const all = await listAuditEvents(await canAs<'audit.read'>(db, admin.id), auditFilterSchema.parse({}));
  expect(all.rows.map((row) => renderToStaticMarkup(<Actor row={row} />))).toEqual([
    expect.stringContaining(linkToMine),
    expect.stringContaining(linkToAdmin),
  ]);
});

test('a person outside the view is not found by email address, and their network address is hidden', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'], email: 'grace@example.com' });
  const mine = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = mine;
  for (const actor of [admin, mine]) {
    const entry: AuditEntry = {
      action: 'user.updated',
      subject: { type: 'user', id: mine.id },
      organizationId,
      reason: 'As asked',
    };
    await insertAudit(db, { actor: { kind: 'user', id: actor.id }, requestId: null, ip: '192.0.2.9' }, [entry]);
  }
  const can: Reader = await canAs(db, mine.id);
  const by = async (actor: string) => (await listAuditEvents(can, auditFilterSchema.parse({ actor }))).rows;
  expect(await by(admin.email)).toEqual([]);
  const [[own], [other]] = [await by(mine.email), await by(admin.id)];
  if (!own || !other) throw new Error('the events are not listed');
  expect((await getAuditEvent(can, own.id)).body).toEqual({ reason: 'As asked', ip: '192.0.2.9' });
  expect((await getAuditEvent(can, other.id)).body).toEqual({ reason: 'As asked' });
  const { statements } = await eventListing.prepare(can, {});
  const [file] = await Promise.all(
    statements(['details'], false).map((each) => db.$queryRaw<{ body: object }[]>(each)),
  );
  expect(JSON.stringify(file)).toContain('As asked');
  expect(JSON.stringify(file).match(/192\.0\.2\.9/g)).toHaveLength(1);
  const platform: Reader = await canAs(db, admin.id);
  expect((await getAuditEvent(platform, other.id)).body).toEqual({ reason: 'As asked', ip: '192.0.2.9' });
});

test('people with the same name can be distinguished by their addresses', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'] });
  const twins = [1, 2].map((n) => makeUser(db, { firstName: 'Kim', lastName: 'Lee', email: `kim.${n}@example.com` }));
  for (const { id } of await Promise.all(twins)) {
    const entry: AuditEntry = { action: 'user.updated', subject: { type: 'user', id } };
    await insertAudit(db, { actor: { kind: 'user', id }, requestId: null, ip: null }, [entry]);
  }
  const can: Reader = await canAs(db, admin.id);
  const { rows } = await listAuditEvents(can, auditFilterSchema.parse({ action: 'user.updated' }));
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    const address = row.actorEmail ?? 'none';
    expect(address).toMatch(/^kim\.[12]@/);
    expect(renderToStaticMarkup(<Actor row={row} />)).toContain(address);
    expect(renderToStaticMarkup(<Actor row={row} isInline />)).toContain(`(${address})`);
    expect(renderToStaticMarkup(<Subject row={row} />)).toContain(address);
  }
  expect(rows[0]?.actorEmail).not.toBe(rows[1]?.actorEmail);
});

test('a nameless person outside the view does not appear by email address', async () => {
  const admin = await makeUser(db, { roles: ['system-admin'], firstName: '', lastName: '' });
  const mine = await makeMember(db, { roles: ['org-admin'] });
  const { organizationId } = mine;
  const entry: AuditEntry = { action: 'user.updated', subject: { type: 'user', id: admin.id }, organizationId };
  await insertAudit(db, { actor: { kind: 'user', id: admin.id }, requestId: null, ip: null }, [entry]);
  const [row] = (await listAuditEvents(await canAs<'audit.read'>(db, mine.id), auditFilterSchema.parse({}))).rows;
  if (!row) throw new Error('the event is not listed');
  expect(renderToStaticMarkup(<Actor row={row} />)).toBe('Somebody without a name');
  expect(renderToStaticMarkup(<Subject row={row} />)).toBe('Somebody without a name');
});
