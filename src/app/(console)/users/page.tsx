import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { Pager } from '@/components/table/pager';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ExportLink } from '@/features/exports/components/export-link';
import { cancelAtOnceAction, resendAtOnceAction } from '@/features/invitations/at-once.actions';
import { UserFigures } from '@/features/users/components/user-figures';
import { UserFilters } from '@/features/users/components/user-filters';
import { UserListSettings } from '@/features/users/components/user-list-settings';
import { UserNotice } from '@/features/users/components/user-notice';
import { UserTable } from '@/features/users/components/user-table';
import { listUsers } from '@/features/users/list.queries';
import { listSizes, parseUserFilter } from '@/features/users/list.schema';
import { readUserListPreference } from '@/features/users/list-preference.schema';
import { firstOf, hrefWith, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Users' };

const timeOrders = ['created', 'lastSignIn', 'lastActivity'];

export default consolePage(UsersPage);

/** `hrefWith` drops the cursors unless they are passed on. */
const placeIn = (params: SearchParams) => ({
  after: firstOf(params, 'after') ?? null,
  before: firstOf(params, 'before') ?? null,
});

async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('users.read');
  const { notice, of, ...params } = await searchParams;
  const preference = readUserListPreference(can.preference.lists);
  const filter = parseUserFilter(params, preference.size);
  const list = await listUsers(can, filter, {
    roles: preference.columns.includes('roles'),
    organizations: preference.columns.includes('organization'),
  });
  const address = { path: '/users', params };
  const reader = {
    timeZone: can.timeZone,
    id: can.actor.id,
    mayUpdate: can.may('users.update'),
    mayDeactivate: can.may('users.deactivate'),
    mayArchive: can.may('users.archive'),
    mayResetPasswords: can.may('users.reset-password'),
    mayInvite: can.may('users.invite'),
    seesOrganizations: can.may('users.read', null) || list.options.offers.organization,
    seesInvitations: can.may('invitations.read'),
  };
  const isByTime = timeOrders.includes(filter.sort) && filter.direction === 'desc';
  return (
    <>
      <PageHeader
        title="Users"
        primary={
          reader.mayInvite && (
            <LinkButton href="/users/new" tone="primary" icon="user-plus">
              Add user
            </LinkButton>
          )
        }
        secondary={
          <>
            {can.may('users.export') && <ExportLink address={address} />}
            {can.may('users.import') && (
              <LinkButton href="/imports/new" icon="upload">
                Import
              </LinkButton>
            )}
          </>
        }
      />
      <UserNotice can={can} searchParams={{ notice, of }} returnTo={hrefWith(address, placeIn(params))} />
      <UserFigures figures={list.figures} place={list.figuresPlace} filter={filter} />
      {filter.lostPlace && (
        <div className="mb-3">
          <Notice>This link points to a place in the list that cannot be found. You are on the first page.</Notice>
        </div>
      )}
      <UserFilters address={address} options={list.options} filter={filter}>
        <UserListSettings preference={preference} address={address} />
      </UserFilters>
      <UserTable
        rows={list.rows}
        filter={filter}
        isFiltered={list.isFiltered}
        address={address}
        preference={preference}
        reader={reader}
        forInvitations={{ resend: resendAtOnceAction, cancel: cancelAtOnceAction }}
      />
      <Pager
        newerHref={list.newer && hrefWith(address, { after: null, before: list.newer })}
        olderHref={list.older && hrefWith(address, { before: null, after: list.older })}
        shown={list.rows.length}
        count={list.count}
        noun={['person', 'people']}
        labels={isByTime ? ['Newer', 'Older'] : ['Previous', 'Next']}
        size={{ address, current: filter.size, options: [...listSizes] }}
      />
    </>
  );
}
