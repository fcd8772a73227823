import { readFileSync } from 'node:fs';
import { connection } from 'next/server';
import { navigationFor } from '@/app/(console)/navigation';
import { ConsoleShell } from '@/components/layout/console-shell';
import { PageHeader } from '@/components/layout/page-header';
import { Pager } from '@/components/table/pager';
import { LinkButton } from '@/components/ui/button';
import { signOutAction } from '@/features/account/actions';
import { UserFigures } from '@/features/users/components/user-figures';
import { UserFilters } from '@/features/users/components/user-filters';
import { UserListSettings } from '@/features/users/components/user-list-settings';
import { UserTable } from '@/features/users/components/user-table';
import { listSizes, parseUserFilter } from '@/features/users/list/schema';
import type { UserList } from '@/features/users/overview/queries';
import { readUserListPreference } from '@/features/users/schema';
import { hrefWith } from '@/lib/search-params';
import type { Can } from '@/server/work';

const file = process.env.BENCH_ROWS;
const list = file ? (JSON.parse(readFileSync(file, 'utf8'), withDates) as UserList) : null;
const everything = { may: () => true } as unknown as Can;

/**
 * What rendering the list costs by itself: the page of users, its frame included, with the same fifty rows from memory; no
 * session is looked up and no database asked.
 */
export default async function BaselinePage() {
  await connection();
  if (!list) return null;
  const params = { size: '50' };
  const preference = readUserListPreference({});
  const filter = parseUserFilter(params, preference.size);
  const address = { path: '/users', params };
  const reader = { timeZone: 'UTC', id: '', mayUpdate: true, maySuspend: true, mayInvite: true, seesInvitations: true };
  const { sections, shortcuts } = navigationFor(everything);
  return (
    <ConsoleShell
      sections={sections}
      shortcuts={shortcuts}
      person={{ name: 'Bench admin', email: 'bench-admin@rollcall.example' }}
      accountItems={[{ href: '/account', label: 'My account', icon: 'circle-user' }]}
      signOut={{ action: signOutAction }}
      theme="system"
    >
      <PageHeader
        title="Users"
        primary={
          <LinkButton href="/users/new" tone="primary" icon="user-plus">
            Invite person
          </LinkButton>
        }
        secondary={
          <LinkButton href="/imports/new" icon="upload">
            Import
          </LinkButton>
        }
      />
      <UserFigures figures={list.figures} />
      <UserFilters address={address} choices={list.choices} filter={filter}>
        <UserListSettings preference={preference} address={address} />
      </UserFilters>
      <UserTable
        rows={list.rows}
        filter={filter}
        isFiltered={list.isFiltered}
        address={address}
        preference={preference}
        reader={reader}
      />
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

function withDates(key: string, value: unknown): unknown {
  return /At$/.test(key) && typeof value === 'string' ? new Date(value) : value;
}
