import { type Column, DataTable } from '@/components/table/data-table';
import { type Clock, hourValue, namesValue, personValue, timeValue } from '@/components/table/values';
import { statusLook } from '@/components/ui/status';
import { displayName, fullName } from '@/lib/names';
import type { Address } from '@/lib/search-params';
import type { UserFilter } from '../list.schema';
import type { UserColumn, UserListPreference } from '../list-preference.schema';
import type { UserRow } from '../list-row-columns.queries';
import type { Reader } from './reader';
import { UserListEmpty } from './user-list-empty';
import { type InvitationActions, invitationRef, userActions, userMenu } from './user-menu';

type Props = {
  rows: UserRow[];
  filter: UserFilter;
  isFiltered: boolean;
  address: Address;
  preference: UserListPreference;
  reader: Reader;
  forInvitations: InvitationActions;
};

export function UserTable({ rows, filter, isFiltered, address, preference, reader, forInvitations }: Props) {
  const columns = columnsOf({ timeZone: reader.timeZone, now: new Date() }).filter(
    ({ key }) =>
      key === 'name' ||
      // It would say the same in every row.
      (preference.columns.includes(key as UserColumn) && (key !== 'organization' || reader.seesOrganizations)),
  );
  return (
    <DataTable
      caption="People"
      columns={columns}
      rows={rows}
      rowKey={(user) => user.id}
      rowLabel={displayName}
      rowHref={(user) => user.href}
      address={address}
      sort={{ key: filter.sort, direction: filter.direction }}
      density={preference.density}
      menu={{ actions: userActions(forInvitations), of: (user) => userMenu(user, reader), ref: invitationRef }}
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

function columnsOf(clock: Clock): Column<UserRow>[] {
  const { email, phone, roles, organization, status, lastSignIn, lastActivity, created } = columnLabels;
  return [
    {
      key: 'name',
      header: 'Name',
      kind: 'person',
      sort: 'name',
      value: ({ id, email: address, ...user }) => personValue({ id, name: fullName(user), email: address }),
    },
    { key: 'email', header: email, kind: 'text', sort: 'email', value: (user) => user.email },
    { key: 'phone', header: phone, kind: 'text', value: (user) => user.phone },
    {
      key: 'roles',
      header: roles,
      kind: 'names',
      value: (user) => namesValue(user.roles, user.pendingRoles),
    },
    {
      key: 'organization',
      header: organization,
      kind: 'names',
      value: (user) => namesValue(user.organizations, user.pendingOrganizations),
    },
    { key: 'status', header: status, kind: 'status', sort: 'status', value: (user) => statusLook(user.status) },
    {
      key: 'lastSignIn',
      header: lastSignIn,
      kind: 'time',
      sort: 'lastSignIn',
      firstDirection: 'desc',
      value: (user) => timeValue(user.lastSignInAt, clock),
    },
    {
      key: 'lastActivity',
      header: lastActivity,
      kind: 'time',
      sort: 'lastActivity',
      firstDirection: 'desc',
      value: (user) => hourValue(user.lastActivityAt, clock),
    },
    {
      key: 'created',
      header: created,
      kind: 'time',
      sort: 'created',
      firstDirection: 'desc',
      value: (user) => timeValue(user.createdAt, clock),
    },
  ];
}
