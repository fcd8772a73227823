import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { organizationSignInAddress } from '@/features/account/sign-in.policy';
import { NewOrganizationForm } from '@/features/organizations/components/organization-form';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'New organization' };

export default consolePage(NewOrganizationPage);

async function NewOrganizationPage() {
  await authorize('organizations.read', 'organizations.create');
  return (
    <>
      <PageHeader
        title="New organization"
        description="It starts without people. Invite its first Org Admin afterwards."
        breadcrumbs={[{ label: 'Organizations', href: '/organizations' }, { label: 'New organization' }]}
      />
      <NewOrganizationForm signInAddress={organizationSignInAddress('<slug>')} />
    </>
  );
}
