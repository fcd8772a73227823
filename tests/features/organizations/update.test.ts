import { testDatabase } from '@tests/support/database';
import { makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import { updateOrganization } from '@/features/organizations/update.service';
import { newId } from '@/lib/ids';
import type { Work } from '@/server/work';

const { db } = await testDatabase();

type Given = { id: string; name: string; slug: string; wasName: string; wasSlug: string };

async function update(input: Given, actorId?: string) {
  const actor = actorId ?? (await makeUser(db, { roles: ['system-admin'] })).id;
  return workAs(db, actor, (work: Work<'organizations.update'>) => updateOrganization(work, input));
}

const formOf = ({ id, name, slug }: { id: string; name: string; slug: string }) => ({
  ...{ id, name, slug },
  wasName: name,
  wasSlug: slug,
});

test('a new name and slug are saved and audited; the same ones change nothing', async () => {
  const organization = await makeOrganization(db, { name: 'Before', slug: 'before' });
  expect(await update(formOf(organization))).toEqual({ kind: 'unchanged', slug: 'before' });
  expect(await update({ ...formOf(organization), name: 'After', slug: 'after' })).toEqual({
    kind: 'saved',
    slug: 'after',
  });
  expect(await db.organization.findUnique({ where: { id: organization.id } })).toMatchObject({
    ...{ name: 'After', nameKey: 'after', slug: 'after', version: 2 },
  });
  const [event, ...others] = await db.auditEvent.findMany({ where: { action: 'organization.updated' } });
  expect(others).toEqual([]);
  const { body } = await db.auditDetail.findUniqueOrThrow({ where: { eventId: event?.id ?? '' } });
  expect(body).toMatchObject({ before: { name: 'Before' }, after: { name: 'After', slug: 'after' } });
});

test('what somebody else has changed since the form was opened is not overwritten unseen', async () => {
  const organization = await makeOrganization(db, { name: 'Before', slug: 'kept' });
  await update({ ...formOf(organization), name: 'Theirs' });
  const mine = { ...formOf(organization), name: 'Mine' };
  const outcome = await update(mine);
  expect(outcome).toMatchObject({
    kind: 'conflict',
    conflict: { changes: [{ field: 'the name', before: 'Before', after: 'Theirs' }] },
    values: { name: 'Mine', wasName: 'Theirs' },
  });
  expect(await update({ ...mine, wasName: 'Theirs' })).toMatchObject({ kind: 'saved' });
});

test('a slug that is taken, an archived organization and one outside one’s scope are refused', async () => {
  const organization = await makeOrganization(db);
  await makeOrganization(db, { slug: 'taken-slug' });
  await expect(update({ ...formOf(organization), slug: 'taken-slug' })).rejects.toMatchObject({
    code: 'organization.slug_taken',
    field: 'slug',
  });
  const orgAdmin = await makeMember(db, { organizationId: organization.id, roles: ['org-admin'] });
  await expect(update(formOf(organization), orgAdmin.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(update({ ...formOf(organization), id: newId() })).rejects.toMatchObject({ code: 'not_found' });
  await db.organization.update({ where: { id: organization.id }, data: { status: 'archived' } });
  await expect(update(formOf(organization))).rejects.toMatchObject({ code: 'not_found' });
});
