import { testDatabase } from '@tests/support/database';
import { canAs, makeGroup, makeMember, makeOrganization, makeUser } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Place } from '@/features/audit/components/place';
import { Subject } from '@/features/audit/components/subject';
import { getAuditEvent } from '@/features/audit/details.queries';
import { listAuditEvents } from '@/features/audit/list.queries';
import { auditFilterSchema } from '@/features/audit/list.schema';
import { spokenChanges } from '@/lib/audit-words';
import { newId } from '@/lib/ids';
import { insertAudit } from '@/server/audit';
import type { Can } from '@/server/work';

const { db } = await testDatabase();
type Reader = Can<'audit.read'>;

/** One event for each kind of subject, in an organization with an admin. */
async function makeEvents() {
  const organization = await makeOrganization(db, { name: 'Acme' });
  const lead = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  const organizationId = organization.id;
  const group = await makeGroup(db, { name: 'Night shift', organizationId });
  const invitation = await db.invitation.create({
    data: {
      id: newId(),
      userId: lead.id,
      email: 'asked@example.com',
      firstName: 'Asked',
      lastName: 'In',
      organizationId,
      tokenHash: new Uint8Array(32),
      expiresAt: new Date(Date.now() + 86_400_000),
    },
  });
  const [file, bulk, taken, gone] = [newId(), newId(), newId(), newId()];
  await db.plan.create({
    data: {
      ...{ id: file, kind: 'import', organizationId, createdBy: lead.id },
      upload: { create: { fileName: 'people.csv', header: [] } },
    },
  });
  const subjects = [
    ['group', group.id],
    ['invitation', invitation.id],
    ['import', file],
    ['invitations', bulk],
    ['organization', organizationId],
    ['export', taken],
    ['group', gone],
  ] as const;
  const entries = subjects.map(([type, id]) => ({
    action: 'import.prepared' as const,
    subject: { type, id },
    organizationId,
  }));
  await insertAudit(db, { actor: { kind: 'user', id: lead.id }, requestId: null, ip: null }, entries);
  return { organization, lead, group, invitation, file, bulk, taken, gone };
}

async function shownTo(userId: string, slug: string) {
  const can: Reader = await canAs(db, userId);
  const filter = auditFilterSchema.parse({ action: 'import.prepared', organization: slug });
  const { rows } = await listAuditEvents(can, filter);
  const shown = rows.map((row) => [row.subjectPath, textOf(renderToStaticMarkup(<Subject row={row} />))]);
  return { shown: shown.toReversed(), place: rows[0] && renderToStaticMarkup(<Place row={rows[0]} />) };
}

const textOf = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('the subject of each event has a name and a link to its page', async () => {
  const { organization, lead, group, invitation, file, bulk, taken, gone } = await makeEvents();
  const { shown, place } = await shownTo(lead.id, organization.slug);
  expect(shown).toEqual([
    [`/groups/${group.id}`, 'Night shift Group'],
    [`/invitations/${invitation.id}`, 'AI Asked In asked@example.com'],
    [`/imports/${file}`, 'people.csv Import'],
    [`/invitations/bulk/${bulk}`, `Change of many invitations ${bulk.slice(-6)}`],
    [`/organizations/${organization.slug}`, 'Acme Organization'],
    [null, `Export ${taken.slice(-6)}`],
    [null, `Group ${gone.slice(-6)}`],
  ]);
  expect(place).toContain(`href="/organizations/${organization.slug}"`);
});

test('subjects have no link to pages the reader may not open', async () => {
  const { organization, group, invitation } = await makeEvents();
  const auditor = await makeUser(db, { roles: ['auditor'] });
  const { shown, place } = await shownTo(auditor.id, organization.slug);
  // An auditor reads everything but may not import or invite.
  expect(shown.map(([path]) => path)).toEqual([
    `/groups/${group.id}`,
    `/invitations/${invitation.id}`,
    null,
    null,
    `/organizations/${organization.slug}`,
    null,
    null,
  ]);
  expect(place).toContain(`href="/organizations/${organization.slug}"`);
});

test('the details of an event show names instead of ids, and hide names from other organizations', async () => {
  const { lead, group } = await makeEvents();
  const [other, admin] = [
    await makeOrganization(db, { name: 'Elsewhere' }),
    await makeUser(db, { roles: ['system-admin'] }),
  ];
  const gone = newId();
  await insertAudit(db, { actor: { kind: 'user', id: lead.id }, requestId: null, ip: null }, [
    {
      action: 'import.refused',
      subject: { type: 'user', id: lead.id },
      organizationId: lead.organizationId,
      after: { group: group.id, other: other.id, filter: { in: gone, path: `/users/${gone}` } },
    },
  ]);
  const { id } = await db.auditEvent.findFirstOrThrow({ where: { action: 'import.refused' } });
  const valuesFor = async (userId: string) => {
    const { body, names } = await getAuditEvent(await canAs<'audit.read'>(db, userId), id);
    return spokenChanges(body, names, 'UTC').map(({ after }) => after);
  };
  const hidden = 'Something you cannot see';
  expect(await valuesFor(lead.id)).toEqual(['Night shift', hidden, [`In: ${hidden}`, `Path: /users/${gone}`]]);
  expect(await valuesFor(admin.id)).toEqual([
    'Night shift',
    'Elsewhere',
    [`In: …${gone.slice(-6)}`, `Path: /users/${gone}`],
  ]);
});
