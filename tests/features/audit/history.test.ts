import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeUser } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { listHistory, listLastChanges } from '@/features/audit/history.queries';
import { readHistoryFilter } from '@/features/audit/history.schema';
import { spokenChanges } from '@/lib/audit-words';
import { newId } from '@/lib/ids';
import { type AuditEntry, insertAudit } from '@/server/audit';
import type { Can } from '@/server/work';

const { db } = await testDatabase();
type Reader = Can<'users.read' | 'audit.read'>;

const everything = readHistoryFilter({});

function happen(actorId: string, ...entries: AuditEntry[]) {
  return insertAudit(db, { actor: { kind: 'user', id: actorId }, requestId: null, ip: null }, entries);
}

describe("a person's history", () => {
  test('lists changes to the person and their invitations, newest first, without sign-ins', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    const person = await makeMember(db);
    const subject = { type: 'user', id: person.id };
    const invitation = await db.invitation.create({
      data: {
        id: newId(),
        userId: person.id,
        email: person.email,
        organizationId: person.organizationId,
        tokenHash: new Uint8Array(32),
        expiresAt: new Date(Date.now() + 86_400_000),
      },
    });
    await happen(
      admin.id,
      { action: 'user.created', subject },
      { action: 'invitation.created', subject: { type: 'invitation', id: invitation.id }, personId: person.id },
      { action: 'session.started', subject },
      { action: 'user.updated', subject, before: { phone: null }, after: { phone: '1' } },
      { action: 'user.updated', subject: { type: 'user', id: admin.id } },
    );
    const can: Reader = await canAs(db, admin.id);
    const { rows } = await listHistory(can, person.id, everything);
    expect(rows.map(({ action }) => action)).toEqual(['user.updated', 'invitation.created', 'user.created']);
    expect(rows[0]?.body).toEqual({ before: { phone: null }, after: { phone: '1' } });
    await happen(admin.id, { action: 'user.deactivated', subject });
    const last = await listLastChanges(can, person.id);
    expect(last.map(({ action }) => action)).toEqual(['user.deactivated', 'user.updated', 'invitation.created']);
    expect(last[0]?.actorEmail).toBe(admin.email);
    const signIns = await listHistory(can, person.id, readHistoryFilter({ kind: 'sign-in' }));
    expect(signIns.rows.map(({ action }) => action)).toEqual(['session.started']);
  });

  test('shows an org admin only what happened in their organization', async () => {
    const mine = await makeMember(db, { roles: ['org-admin'] });
    const theirs = await makeMember(db);
    const subject = { type: 'user', id: mine.id };
    await happen(
      mine.id,
      { action: 'user.updated', subject, organizationId: mine.organizationId },
      { action: 'user.deactivated', subject },
      { action: 'membership.added', subject, organizationId: theirs.organizationId },
    );
    const { rows } = await listHistory(await canAs(db, mine.id), mine.id, everything);
    expect(rows.map(({ action }) => action)).toEqual(['user.updated']);
  });

  test('pages through every change once', async () => {
    const admin = await makeUser(db, { roles: ['system-admin'] });
    const subject = { type: 'user', id: admin.id };
    const actions = ['user.updated', 'role.granted', 'password.changed'] as const;
    await happen(
      admin.id,
      ...Array.from({ length: 70 }, (_, n) => ({ action: actions[n % 3] ?? actions[0], subject })),
    );
    const can: Reader = await canAs(db, admin.id);
    const seen: string[] = [];
    let page = await listHistory(can, admin.id, everything);
    for (;;) {
      seen.push(...page.rows.map(({ id }) => id));
      if (page.next === null) break;
      page = await listHistory(can, admin.id, readHistoryFilter({ after: page.next.id }));
    }
    expect(seen).toHaveLength(70);
    const log = await db.auditEvent.findMany({ orderBy: { seq: 'desc' }, select: { id: true } });
    expect(seen).toEqual(log.map(({ id }) => id));
    const back = await listHistory(can, admin.id, readHistoryFilter({ before: page.previous?.id ?? '' }));
    expect(back.rows.map(({ id }) => id)).toEqual(seen.slice(30, 60));
  });

  test('names roles and the own organization, but nothing else, to readers inside an organization', async () => {
    const mine = await makeMember(db, { roles: ['org-admin'] });
    const theirs = await makeMember(db);
    const role = await db.role.findFirstOrThrow({ where: { key: 'viewer' } });
    const after = { roles: [role.id], organization: mine.organizationId, other: theirs.organizationId, by: theirs.id };
    await happen(mine.id, {
      action: 'user.updated',
      subject: { type: 'user', id: mine.id },
      organizationId: mine.organizationId,
      after,
    });
    const { rows } = await listHistory(await canAs(db, mine.id), mine.id, everything);
    const spoken = spokenChanges(rows[0]?.body, rows[0]?.names ?? {}, 'UTC');
    const hidden = 'Something you cannot see';
    const { name } = await db.organization.findUniqueOrThrow({ where: { id: mine.organizationId } });
    expect(spoken.map(({ after: value }) => value)).toEqual(
      expect.arrayContaining([[role.name], name, hidden, hidden]),
    );
  });
});
