import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { EmptyState } from '@/components/ui/empty-state';
import { initialPasswordDays } from '@/features/account/credential.service';
import { InviteForm } from '@/features/invitations/components/invite-form';
import { inviteChoices } from '@/features/invitations/form-options.queries';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Add user' };

export default consolePage(NewUserPage);

async function NewUserPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('users.invite');
  const params = await searchParams;
  const choices = await inviteChoices(can, firstOf(params, 'organization'), firstOf(params, 'findOrganization'));
  const { organization, mayChoosePlatform } = choices;
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <>
      <PageHeader title="Add user" breadcrumbs={[{ label: 'Users', href: '/users' }, { label: 'Add user' }]} />
      {!organization && !mayChoosePlatform && !choices.find ? (
        <EmptyState kind="not-allowed" title="No organization to add users to">
          The organizations in which you manage people are inactive. Ask a System Admin.
        </EmptyState>
      ) : (
        <InviteForm choices={choices} passwordDays={initialPasswordDays()} nonce={nonce} />
      )}
    </>
  );
}
