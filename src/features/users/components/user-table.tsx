import { type Column, DataTable } from '@/components/table/data-table';
import { Badge } from '@/components/ui/badge';
import { Person } from '@/components/ui/person';
import { Status } from '@/components/ui/status';
import { Time } from '@/components/ui/time';
import { displayName, fullName } from '@/lib/names';
import type { Address } from '@/lib/search-params';
import type { UserFilter } from '../list.schema';
import type { UserColumn, UserListPreference } from '../list-preference.schema';
import type { UserRow } from '../list-row-columns.queries';
import type { Reader } from './reader';
import { UserListEmpty } from './user-list-empty';
import { type InvitationActions, UserMenu } from './user-menu';

type Props = {
  rows: UserRow[];
  filter: UserFilter;
  isFiltered: boolean;
  address: Address;
  preference: UserListPreference;
  reader: Reader;
  /** The address of this page of the list, where the menu of a row leads back to. */
  returnTo: string;
  forInvitations: InvitationActions;
};

export function UserTable({ rows, filter, isFiltered, address, preference, reader, returnTo, forInvitations }: Props) {
  const now = new Date();
  const columns = columnsOf(reader.timeZone, now).filter(
    ({ key }) => key === 'name' || preference.columns.includes(key as UserColumn),
  );
  return (
    <DataTable
      caption="People"
      columns={columns}
      rows={rows}
      rowKey={(user) => user.id}
      rowLabel={displayName}
      address={address}
      sort={{ key: filter.sort, direction: filter.direction }}
      density={preference.density}
      menu={(user) => <UserMenu user={user} reader={reader} returnTo={returnTo} forInvitations={forInvitations} />}
      empty={<UserListEmpty filter={filter} isFiltered={isFiltered} address={address} mayInvite={reader.mayInvite} />}
    />
  );
}

export const columnLabels: Record<UserColumn, string> = {
  email: 'Email',
  phone: 'Phone',
  roles: 'Roles',
  organization: 'Organization',
  status: 'Status',
  lastSignIn: 'Last sign-in',
  lastActivity: 'Last activity',
  created: 'Created',
};

function columnsOf(timeZone: string, now: Date): Column<UserRow>[] {
  const time = (at: Date | null) => <Time at={at} timeZone={timeZone} now={now} />;
  const { email, phone, roles, organization, status, lastSignIn, lastActivity, created } = columnLabels;
  return [
    {
      key: 'name',
      header: 'Name',
      sort: 'name',
      width: 'wide',
      cell: (user) => <Person name={fullName(user)} email={user.email} {...(user.href && { href: user.href })} />,
    },
    { key: 'email', header: email, sort: 'email', cell: (user) => user.email, text: (user) => user.email },
    { key: 'phone', header: phone, cell: (user) => user.phone ?? <span className="text-ink-soft">None</span> },
    { key: 'roles', header: roles, cell: (user) => <Roles names={[...user.roles, ...asPending(user.pendingRoles)]} /> },
    {
      key: 'organization',
      header: organization,
      cell: (user) => organizationsOf(user) || <span className="text-ink-soft">None</span>,
      text: organizationsOf,
    },
    { key: 'status', header: status, sort: 'status', cell: (user) => <Status status={user.status} /> },
    {
      key: 'lastSignIn',
      header: lastSignIn,
      sort: 'lastSignIn',
      firstDirection: 'desc',
      cell: (user) => time(user.lastSignInAt),
    },
    {
      key: 'lastActivity',
      header: lastActivity,
      sort: 'lastActivity',
      firstDirection: 'desc',
      cell: (user) => <Time at={user.lastActivityAt} timeZone={timeZone} now={now} hourly />,
    },
    { key: 'created', header: created, sort: 'created', firstDirection: 'desc', cell: (user) => time(user.createdAt) },
  ];
}

const asPending = (names: string[]) => names.map((name) => `${name}, pending`);

function organizationsOf({ organizations, pendingOrganizations }: UserRow): string {
  return [...organizations, ...asPending(pendingOrganizations)].join('; ');
}

function Roles({ names }: { names: string[] }) {
  const [first, ...others] = names;
  if (!first) return <span className="text-ink-soft">None</span>;
  return (
    <span className="inline-flex max-w-full items-center gap-1.5" title={names.join('; ')}>
      <Badge tone="neutral">{first}</Badge>
      {others.length > 0 && <span className="text-[13px] text-ink-soft">+{others.length}</span>}
      {others.length > 0 && <span className="sr-only">{others.join('; ')}</span>}
    </span>
  );
}
