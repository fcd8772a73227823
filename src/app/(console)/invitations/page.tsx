import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { FilterBar } from '@/components/table/filter-bar';
import { Pager } from '@/components/table/pager';
import { LinkButton } from '@/components/ui/button';
import { Tabs } from '@/components/ui/tabs';
import { ExportLink } from '@/features/exports/components/export-link';
import { BulkBar } from '@/features/invitations/bulk/components/bulk-bar';
import { OwnChanges } from '@/features/invitations/bulk/components/own-changes';
import { listOwnBulk } from '@/features/invitations/bulk/plan.queries';
import { InvitationListEmpty } from '@/features/invitations/components/invitation-list-empty';
import { InvitationTable } from '@/features/invitations/components/invitation-table';
import { findOrganization, listFilters, tabHref, tabsFor } from '@/features/invitations/components/list-filters';
import { findSenderName, readableOrganizations } from '@/features/invitations/form-options.queries';
import { countByState, countInvitations, listInvitations } from '@/features/invitations/list.queries';
import { invitationFilterSchema } from '@/features/invitations/list.schema';
import { isPending } from '@/features/invitations/status.policy';
import { isBeyondEnd, pageLinks } from '@/lib/list-links';
import { firstOf, hiddenFields, hrefWith, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Invitations' };

const bulkForm = 'chosen';

export default consolePage(InvitationsPage);

async function InvitationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('invitations.read');
  const { notice, ...params } = await searchParams;
  const filter = invitationFilterSchema.parse(params);
  // With a search or a sender, only the shown state is counted, because no index has the states of those.
  const isCounted = !filter.q && !filter.sender;
  const isOthers = filter.sender !== undefined && filter.sender !== can.actor.id;
  const [page, count, choices, counts, senderName] = await Promise.all([
    listInvitations(can, filter),
    countInvitations(can, filter),
    readableOrganizations(can, filter.organization, firstOf(params, findOrganization)),
    isCounted ? countByState(can, filter) : null,
    isOthers ? findSenderName(can, filter.sender ?? '') : null,
  ]);
  const address = { path: '/invitations', params };
  const inviting = can.as('users.invite');
  const mayInvite = inviting !== null;
  const changes = inviting ? await listOwnBulk(inviting) : [];
  const timeZone = can.timeZone;
  const now = new Date();
  const invite = (
    <LinkButton href="/users/new" tone="primary" icon="user-plus">
      Invite somebody
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Invitations"
        description="People who were invited, and the state of each invitation."
        primary={mayInvite && invite}
        secondary={can.may('users.export') && <ExportLink address={address} />}
      />
      <PageNotice searchParams={{ notice }} />
      <OwnChanges changes={changes} timeZone={timeZone} now={now} />
      <Tabs label="State" current={tabHref(address, filter.show)} tabs={tabsFor(address, counts)} />
      <div className="mt-4">
        <FilterBar
          address={address}
          search={{ label: 'Name or address' }}
          filters={listFilters({ filter, choices, actorId: can.actor.id, senderName })}
        />
      </div>
      <InvitationTable
        rows={page.rows}
        address={address}
        timeZone={timeZone}
        now={now}
        withOrganization={choices.organizations.length > 1 || choices.find !== ''}
        mayAct={mayInvite}
        returnTo={hrefWith(address, {
          after: firstOf(params, 'after') ?? null,
          before: firstOf(params, 'before') ?? null,
        })}
        selectionId={bulkForm}
        empty={<InvitationListEmpty address={address} filter={filter} counts={counts} invite={mayInvite && invite} />}
      />
      {mayInvite && page.rows.some(isPending) && (
        <BulkBar
          formId={bulkForm}
          total={count}
          filter={hiddenFields(params, ['size'])}
          withConfirm={page.rows.some((row) => row.state === 'open' && row.onHoldSince !== null)}
        />
      )}
      {(page.rows.length > 0 || isBeyondEnd(address, 0)) && (
        <Pager
          {...pageLinks(address, page.rows.length, { previous: page.newer, next: page.older })}
          shown={page.rows.length}
          count={count}
          noun={['invitation', 'invitations']}
          size={{ address, current: filter.size, options: [25, 50, 100] }}
        />
      )}
    </>
  );
}
