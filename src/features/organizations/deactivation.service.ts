import { enderOf } from '@/features/users/ender.policy';
import { sql } from '@/server/db/sql';
import { Fail } from '@/server/fail';
import { within } from '@/server/scope';
import type { Work } from '@/server/work';
import { lockOrganization } from './lock.service';
import type { ChangeOrganizationStatus } from './name.schema';

/** Memberships of an inactive organization grant nothing. Nothing is deleted, and accounts stay. Returns its slug. */
export async function deactivateOrganization(work: Work<'organizations.deactivate'>, input: ChangeOrganizationStatus) {
  const { slug, status } = await lockOrganization(work, 'organizations.deactivate', input.id);
  if (status !== 'active') throw new Fail('organization.not_active');
  await changeStatus(work, input, 'inactive');
  return slug;
}

export async function reactivateOrganization(work: Work<'organizations.deactivate'>, input: ChangeOrganizationStatus) {
  const { slug, status } = await lockOrganization(work, 'organizations.deactivate', input.id);
  if (status !== 'inactive') throw new Fail('organization.not_inactive');
  await changeStatus(work, input, 'active');
  return slug;
}

async function changeStatus(
  work: Work<'organizations.deactivate'>,
  { id, reason }: ChangeOrganizationStatus,
  status: 'active' | 'inactive',
) {
  await work.write(sql`
    UPDATE organization o SET status = ${status}::organization_status, version = version + 1
     WHERE o.id = ${id}::uuid AND ${within(work, 'organizations.deactivate', sql`o.id`)}`);
  await work.audit({
    action: status === 'inactive' ? 'organization.deactivated' : 'organization.reactivated',
    subject: { type: 'organization', id },
    organizationId: id,
    before: { status: status === 'inactive' ? 'active' : 'inactive' },
    after: { status, by: enderOf(work, 'organizations.deactivate') },
    ...(reason && { reason }),
  });
}
