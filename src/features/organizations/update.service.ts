import type { Conflict } from '@/lib/form-state';
import { isUniqueViolation } from '@/server/db/errors';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Work } from '@/server/work';
import { type LockedOrganization, lockOrganization } from './lock.service';
import type { UpdateOrganization } from './name.schema';

export type Updated =
  | { kind: 'saved' | 'unchanged'; slug: string }
  | { kind: 'conflict'; conflict: Conflict; values: Record<string, string> };

/** If the name or the slug has changed since the form was opened, nothing is saved and the differences are returned. */
export async function updateOrganization(
  work: Work<'organizations.update'>,
  input: UpdateOrganization,
): Promise<Updated> {
  const { id, name, slug } = input;
  const current = await lockOrganization(work, 'organizations.update', id);
  const changes = changesSince(input, current);
  if (changes.length > 0) {
    work.nothingChanged();
    const values = { id, name, slug, wasName: current.name, wasSlug: current.slug };
    return { kind: 'conflict', conflict: { version: current.slug, changes, choices: [] }, values };
  }
  if (current.name === name && current.slug === slug) {
    work.nothingChanged();
    return { kind: 'unchanged', slug };
  }
  await write(work, input);
  await work.audit({
    action: 'organization.updated',
    subject: { type: 'organization', id },
    organizationId: id,
    before: { name: current.name, slug: current.slug },
    after: { name, slug },
  });
  return { kind: 'saved', slug };
}

function changesSince(input: UpdateOrganization, current: LockedOrganization): Conflict['changes'] {
  const fields = [
    { field: 'the name', was: input.wasName, is: current.name, wanted: input.name },
    { field: 'the slug', was: input.wasSlug, is: current.slug, wanted: input.slug },
  ];
  return fields
    .filter(({ was, is, wanted }) => was !== is && wanted !== is)
    .map(({ field, was, is }) => ({ field, before: was, after: is, by: null, at: null }));
}

async function write(work: Work<'organizations.update'>, { id, name, slug }: UpdateOrganization) {
  const change = work.write(sql`
    UPDATE organization o SET name = ${name}, slug = ${slug}, version = version + 1
     WHERE o.id = ${id}::uuid AND ${within(work, 'organizations.update', sql`o.id`)}`);
  await change.catch((error: unknown) => {
    throw isUniqueViolation(error) ? new Fail('organization.slug_taken', { field: 'slug' }) : error;
  });
}
