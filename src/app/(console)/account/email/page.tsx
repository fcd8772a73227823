import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { OwnEmailForm } from '@/features/users/email-change/components/email-form';
import { PendingChange, PendingChangeAction } from '@/features/users/email-change/components/pending-change';
import { findOwnPendingChange } from '@/features/users/email-change/pending.queries';
import { cancelOwnEmailChangeAction } from '@/features/users/email-change/request.actions';
import { linkHours } from '@/features/users/email-change/request.schema';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Change your address' };

export default consolePage(OwnEmailPage);

async function OwnEmailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const pending = await findOwnPendingChange(can);
  return (
    <>
      <PageHeader
        title="Change your address"
        description={<>Now {can.actor.email}</>}
        breadcrumbs={[{ label: 'My account', href: '/account' }, { label: 'Change address' }]}
      />
      <PageNotice searchParams={await searchParams} />
      <div className="flex max-w-2xl flex-col gap-6">
        {pending && (
          <PendingChange change={pending} timeZone={can.timeZone}>
            <PendingChangeAction action={cancelOwnEmailChangeAction} label="Drop this address" />
          </PendingChange>
        )}
        <OwnEmailForm hours={linkHours} />
      </div>
    </>
  );
}
