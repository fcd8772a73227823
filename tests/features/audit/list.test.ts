import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { getAuditEvent } from '@/features/audit/details.queries';
import { listAuditActions, listAuditEvents } from '@/features/audit/list.queries';
import { type AuditFilter, auditFilterSchema } from '@/features/audit/list.schema';
import { type AuditAction, actionWords } from '@/lib/audit-actions';
import { newId } from '@/lib/ids';
import { type AuditEntry, insertAudit } from '@/server/audit';
import type { Can } from '@/server/work';

const { db } = await testDatabase();
type Reader = Can<'audit.read'>;

const filter = (given: Record<string, string> = {}): AuditFilter => auditFilterSchema.parse(given);

async function happen(actorId: string, count: number, entry: Partial<AuditEntry> = {}) {
  const entries = Array.from(
    { length: count },
    (): AuditEntry => ({
      action: 'user.created',
      subject: { type: 'user', id: newId() },
      ...entry,
    }),
  );
  await insertAudit(db, { actor: { kind: 'user', id: actorId }, requestId: null, ip: '192.0.2.7' }, entries);
}

describe('the audit log', () => {
  test('pages through every event once, newest first', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    await happen(admin.id, 130);
    const can: Reader = await canAs(db, admin.id);
    const seen: string[] = [];
    let page = await listAuditEvents(can, filter());
    expect(page.previous).toBeNull();
    for (;;) {
      seen.push(...page.rows.map((row) => row.id));
      if (page.next === null) break;
      page = await listAuditEvents(can, filter({ after: page.next.id }));
    }
    expect(seen).toHaveLength(130);
    const log = await db.auditEvent.findMany({ orderBy: { seq: 'desc' }, select: { id: true } });
    expect(seen).toEqual(log.map(({ id }) => id));
    const back = await listAuditEvents(can, filter({ before: page.previous?.id ?? '' }));
    expect(back.rows.map((row) => row.id)).toEqual(seen.slice(50, 100));
  });

  test('filters by actor, subject, action, organization and day', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'], email: 'admin@example.com' });
    const other = await makeMember(db);
    await happen(admin.id, 2);
    await happen(other.id, 3, { action: 'user.updated', organizationId: other.organizationId });
    await happen(admin.id, 1, { subject: { type: 'user', id: other.id } });
    const can: Reader = await canAs(db, admin.id);
    const count = async (given: Record<string, string>) => (await listAuditEvents(can, filter(given))).rows.length;
    const { slug } = await db.organization.findUniqueOrThrow({ where: { id: other.organizationId } });
    const today = new Date().toISOString().slice(0, 10);
    expect(await count({ actor: 'Admin@Example.com' })).toBe(3);
    expect(await count({ actor: other.id })).toBe(3);
    expect(await count({ subject: other.email })).toBe(1);
    expect(await count({ action: 'user.updated' })).toBe(3);
    expect(await count({ organization: slug })).toBe(3);
    expect(await count({ from: today, to: today })).toBe(6);
    expect(await count({ to: '2020-01-01' })).toBe(0);
    expect(await count({ actor: 'nobody@example.com' })).toBe(0);
    expect(await count({ before: "1' OR true", action: 'user.updated' })).toBe(3);
    expect(await count({ actor: 'no address' })).toBe(0);
    expect(await count({ organization: 'nowhere' })).toBe(0);
    expect(await listAuditActions(can)).toEqual(['user.created', 'user.updated']);
  });

  test('finds events by part of a name or address of either side, inside the reader’s view', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'], email: 'root@example.com', firstName: 'Zora' });
    const inside = { firstName: 'Ada', lastName: 'Lovelace' };
    const lead = await makeMember(db, { ...inside, roles: ['org-admin'], email: 'countess@example.com' });
    const { organizationId } = lead;
    const outside = await makeMember(db, { firstName: 'Ada', lastName: 'Elsewhere' });
    await happen(lead.id, 3, { organizationId, action: 'user.updated' });
    await happen(admin.id, 2, { organizationId, subject: { type: 'user', id: lead.id } });
    await happen(lead.id, 1, { organizationId, subject: { type: 'user', id: lead.id } });
    await happen(outside.id, 2, { organizationId });
    await happen(lead.id, 1, { subject: { type: 'organization', id: organizationId } });
    const reads = async (reader: string, given: Record<string, string>) =>
      (await listAuditEvents(await canAs(db, reader), filter(given))).rows.length;
    const { slug } = await db.organization.update({
      where: { id: organizationId },
      data: { name: 'Analytical Engines' },
    });
    for (const q of ['lovelace, ada', 'ove tess', 'COUNTESS@', lead.id])
      expect(await reads(admin.id, { q }), q).toBe(7);
    expect(await reads(admin.id, { q: 'engines' })).toBe(1);
    expect(await reads(admin.id, { q: 'ada' })).toBe(9);
    expect(await reads(admin.id, { q: 'lovelace', organization: slug })).toBe(6);
    expect(await reads(admin.id, { q: 'lovelace', action: 'user.updated' })).toBe(3);
    expect(await reads(admin.id, { actor: 'zora', subject: 'lovelace' })).toBe(2);
    expect(await reads(admin.id, { q: 'nobody here' })).toBe(0);
    // The org admin is not shown the others' pages, so their names lead to no event.
    for (const q of ['ada', 'countess']) expect(await reads(lead.id, { q }), q).toBe(6);
    for (const q of ['zora', 'root@', 'elsewhere']) expect(await reads(lead.id, { q }), q).toBe(0);
    await makeMember(db, { userId: lead.id, roles: ['org-admin'] });
    expect(await reads(lead.id, { q: 'ada' })).toBe(6);
  });

  test('asks for more of a name that very many people share', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    for (let n = 0; n < 26; n += 1) await makeUser(db, { firstName: 'Twin', lastName: `Of ${n}` });
    await happen(admin.id, 2);
    const can: Reader = await canAs(db, admin.id);
    expect(await listAuditEvents(can, filter({ q: 'twin' }))).toEqual({
      rows: [],
      previous: null,
      next: null,
      isTooMany: true,
    });
    expect(await listAuditEvents(can, filter({ q: 'twin 25' }))).toMatchObject({ rows: [], isTooMany: false });
  });

  test('finds events stored under an earlier name of their action, by either name', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    const lead = await makeMember(db, { roles: ['org-admin'] });
    const { organizationId } = lead;
    for (const action of ['user.suspended', 'user.deactivated', 'user.suspended', 'user.reactivated']) {
      await happen(admin.id, 1, { action: action as AuditAction, organizationId });
    }
    // A reader of several organizations gets a query with a branch for each.
    await makeMember(db, { userId: lead.id, roles: ['org-admin'] });
    for (const reader of [admin.id, lead.id]) {
      const can: Reader = await canAs(db, reader);
      const stored = async (given: Record<string, string>) =>
        (await listAuditEvents(can, filter(given))).rows.map(({ action }) => action);
      expect(await stored({ action: 'user.deactivated' })).toEqual([
        'user.suspended',
        'user.deactivated',
        'user.suspended',
      ]);
      expect(await stored({ action: 'user.suspended' })).toHaveLength(3);
      expect(await listAuditActions(can)).toEqual(['user.deactivated', 'user.reactivated']);
    }
    expect(actionWords('user.suspended')).toBe('Deactivated');
  });

  test('shows an org admin only what happened in their organization', async () => {
    const mine = await makeMember(db, { roles: ['org-admin'] });
    const theirs = await makeMember(db, { roles: ['org-admin'] });
    await happen(mine.id, 1, { organizationId: mine.organizationId });
    await happen(theirs.id, 2, { action: 'user.archived', organizationId: theirs.organizationId });
    await happen(theirs.id, 1);
    const can: Reader = await canAs(db, mine.id);
    const { rows } = await listAuditEvents(can, filter());
    expect(rows.map((row) => row.actorId)).toEqual([mine.id]);
    expect(await listAuditActions(can)).toEqual(['user.created']);
    const foreign = await db.auditEvent.findFirstOrThrow({ where: { action: 'user.archived' } });
    await expect(getAuditEvent(can, foreign.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getAuditEvent(can, '{"not":""}')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('filters by days in the time zone of the reader', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    await happen(admin.id, 1);
    const { at } = await db.auditEvent.findFirstOrThrow();
    const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
    // At any moment the date in one of these differs from the date in UTC.
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const can: Reader = { ...(await canAs(db, admin.id)), timeZone };
      const day = dayIn(timeZone);
      expect((await listAuditEvents(can, filter({ from: day, to: day }))).rows).toHaveLength(1);
    }
  });

  test('gives no page for a cursor from another organization', async () => {
    const mine = await makeMember(db, { roles: ['org-admin'] });
    const theirs = await makeMember(db);
    await happen(mine.id, 1, { organizationId: mine.organizationId });
    await happen(theirs.id, 1, { organizationId: theirs.organizationId });
    await happen(mine.id, 1, { organizationId: mine.organizationId });
    const foreign = await db.auditEvent.findFirstOrThrow({ where: { organizationId: theirs.organizationId } });
    const can: Reader = await canAs(db, mine.id);
    for (const place of [foreign.id, newId()]) {
      expect((await listAuditEvents(can, filter({ before: place }))).rows).toEqual([]);
      expect((await listAuditEvents(can, filter({ after: place }))).rows).toEqual([]);
    }
  });

  test('an event shows the values before and after and the network address', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    await happen(admin.id, 1, { before: { status: 'active' }, after: { status: 'inactive' }, reason: 'left' });
    const { id } = await db.auditEvent.findFirstOrThrow();
    const event = await getAuditEvent(await canAs(db, admin.id), id);
    expect(event.body).toEqual({
      before: { status: 'active' },
      after: { status: 'inactive' },
      reason: 'left',
      ip: '192.0.2.7',
    });
    expect(event.isSealed).toBe(false);
  });
});
