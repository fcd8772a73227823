import { Confirmation, type ShownAs } from '@/components/layout/confirmation';
import {
  DeactivateOrganizationForm,
  ReactivateOrganizationForm,
} from '@/features/organizations/components/organization-status-form';
import { countMembers, getOrganization, memberCountLimit } from '@/features/organizations/list.queries';
import { boundedCount } from '@/lib/counts';
import { type Can, orNotFound } from '@/server/work';

export async function deactivation(can: Can<'organizations.read'>, slug: string, as: ShownAs) {
  const organization = await orNotFound(getOrganization(can, slug));
  const people = boundedCount((await countMembers(can, organization.id)) ?? 0, memberCountLimit);
  const isActive = organization.status === 'active';
  const verb = isActive ? 'Deactivate' : 'Reactivate';
  const Answer = isActive ? DeactivateOrganizationForm : ReactivateOrganizationForm;
  return (
    <Confirmation
      as={as}
      title={`${verb} ${organization.name}`}
      breadcrumbs={[
        { label: 'Organizations', href: '/organizations' },
        { label: organization.name, href: `/organizations/${organization.slug}` },
        { label: verb },
      ]}
    >
      <Answer organization={organization} people={people} />
    </Confirmation>
  );
}
