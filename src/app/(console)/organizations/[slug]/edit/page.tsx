import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { organizationSignInAddress } from '@/features/account/sign-in.policy';
import { EditOrganizationForm } from '@/features/organizations/components/organization-form';
import { getOrganization } from '@/features/organizations/list.queries';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Edit an organization' };

export default consolePage(EditOrganizationPage);

async function EditOrganizationPage({ params }: { params: Promise<{ slug: string }> }) {
  const can = await authorize('organizations.read', 'organizations.update');
  const { id, name, slug } = await orNotFound(getOrganization(can, (await params).slug));
  return (
    <>
      <PageHeader
        title={`Edit ${name}`}
        breadcrumbs={[
          { label: 'Organizations', href: '/organizations' },
          { label: name, href: `/organizations/${slug}` },
          { label: 'Edit' },
        ]}
      />
      <EditOrganizationForm
        organization={{ id, name, slug }}
        timeZone={can.timeZone}
        signInAddress={organizationSignInAddress(slug)}
      />
    </>
  );
}
