import { navigationFor } from '@/app/(console)/navigation';
import { ConsoleShell } from '@/components/layout/console-shell';
import { PageHeader } from '@/components/layout/page-header';
import { Pager } from '@/components/table/pager';
import { LinkButton } from '@/components/ui/button';
import { saveSingleKeysAction } from '@/features/account/preferences.actions';
import { signOutAction } from '@/features/account/sessions.actions';
import { ExportLink } from '@/features/exports/components/export-link';
import { UserFigures } from '@/features/users/components/user-figures';
import { UserFilters } from '@/features/users/components/user-filters';
import { UserListSettings } from '@/features/users/components/user-list-settings';
import { UserTable } from '@/features/users/components/user-table';
import type { UserList } from '@/features/users/list.queries';
import { listSizes, parseUserFilter } from '@/features/users/list.schema';
import { readUserListPreference } from '@/features/users/list-preference.schema';
import { hrefWith } from '@/lib/search-params';
import type { Can } from '@/server/work';

const everything = { may: () => true } as unknown as Can;

type Props = { list: UserList; params: Record<string, string>; hasTable?: boolean };

/** The users page as a System Admin gets it, with its frame, around a list that is already loaded. */
export function PeoplePage({ list, params, hasTable = true }: Props) {
  const preference = readUserListPreference({});
  const filter = parseUserFilter(params, preference.size);
  const address = { path: '/users', params };
  const reader = {
    timeZone: 'UTC',
    id: '',
    mayUpdate: true,
    mayDeactivate: true,
    mayArchive: true,
    mayResetPasswords: true,
    mayInvite: true,
    seesOrganizations: true,
    seesInvitations: true,
  };
  const { sections, shortcuts } = navigationFor(everything);
  return (
    <ConsoleShell
      sections={sections}
      shortcuts={shortcuts}
      person={{ name: 'Bench admin', email: 'bench-admin@rollcall.example', tone: 3 }}
      accountItems={[{ href: '/account', label: 'My account', icon: 'circle-user' }]}
      signOut={{ action: signOutAction }}
      singleKeys={{ isOn: true, save: saveSingleKeysAction }}
      theme="system"
    >
      <PageHeader
        title="Users"
        primary={
          <LinkButton href="/users/new" tone="primary" icon="user-plus">
            Add user
          </LinkButton>
        }
        secondary={
          <>
            <ExportLink address={address} />
            <LinkButton href="/imports/new" icon="upload">
              Import
            </LinkButton>
          </>
        }
      />
      <UserFigures figures={list.figures} place={list.figuresPlace} filter={filter} />
      <UserFilters address={address} options={list.options} filter={filter}>
        <UserListSettings preference={preference} address={address} />
      </UserFilters>
      {hasTable && (
        <UserTable
          rows={list.rows}
          filter={filter}
          isFiltered={list.isFiltered}
          address={address}
          preference={preference}
          reader={reader}
          forInvitations={{ resend: '', cancel: '' }}
        />
      )}
      <Pager
        newerHref={list.newer && hrefWith(address, { after: null, before: list.newer })}
        olderHref={list.older && hrefWith(address, { before: null, after: list.older })}
        shown={list.rows.length}
        count={list.count}
        noun={['person', 'people']}
        labels={['Newer', 'Older']}
        size={{ address, current: filter.size, options: [...listSizes] }}
      />
    </ConsoleShell>
  );
}
