import type { ReactNode } from 'react';
import { type Column, DataTable } from '@/components/table/data-table';
import { Menu, MenuDisabled, MenuForm, MenuLink } from '@/components/ui/menu';
import { Person } from '@/components/ui/person';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { countOf } from '@/lib/counts';
import { displayName, fullName } from '@/lib/names';
import { type Address, hrefWith } from '@/lib/search-params';
import { cancelAtOnceAction, resendAtOnceAction } from '../at-once.actions';
import type { InvitationRow } from '../list.queries';
import { isPending, statusOf } from '../status.policy';
import { InvitationBadge } from './invitation-badge';
import { LeavesAt } from './leaves-at';

type Props = {
  rows: InvitationRow[];
  address: Address;
  timeZone: string;
  now: Date;
  withOrganization: boolean;
  mayAct: boolean;
  /** The address of this page of the list, where the menu of a row leads back to. */
  returnTo: string;
  selectionId: string;
  empty: ReactNode;
};

const dayMs = 24 * 60 * 60 * 1000;

export function InvitationTable(props: Props) {
  const { rows, address, timeZone, now, withOrganization, mayAct, returnTo, selectionId, empty } = props;
  return (
    <DataTable
      caption="Invitations, newest first"
      columns={columnsFor({ address, timeZone, now, withOrganization })}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => displayName(row)}
      address={address}
      {...(mayAct && rows.some(isPending) && { selection: { formId: selectionId, isSelectable: isPending } })}
      {...(mayAct && { menu: (row: InvitationRow) => <RowMenu row={row} returnTo={returnTo} /> })}
      empty={empty}
    />
  );
}

type Columns = Pick<Props, 'address' | 'timeZone' | 'now' | 'withOrganization'>;

function columnsFor({ address, timeZone, now, withOrganization }: Columns): Column<InvitationRow>[] {
  const organization: Column<InvitationRow> = {
    key: 'organization',
    header: 'To',
    cell: (row) => row.organizationName ?? 'Platform',
    text: (row) => row.organizationName ?? 'Platform',
  };
  return [
    {
      key: 'person',
      header: 'Person',
      width: 'wide',
      cell: (row) => <Person name={fullName(row)} email={row.email} href={`/invitations/${row.id}`} size="sm" />,
    },
    { key: 'status', header: 'State', cell: (row) => <InvitationBadge status={statusOf(row, now)} /> },
    ...(withOrganization ? [organization] : []),
    { key: 'sender', header: 'Sent by', cell: (row) => <Sender row={row} address={address} /> },
    { key: 'waiting', header: 'Waiting', width: 'narrow', align: 'end', cell: (row) => waiting(row, now) },
    {
      key: 'sent',
      header: 'Sent',
      cell: ({ leavesAt, sentAt }) =>
        leavesAt && !sentAt ? (
          <LeavesAt at={leavesAt} timeZone={timeZone} now={now} />
        ) : (
          <Time at={sentAt} timeZone={timeZone} now={now} never="Not yet" />
        ),
    },
    { key: 'expires', header: 'Link expires', cell: (row) => <Until row={row} timeZone={timeZone} now={now} /> },
  ];
}

function Sender({ row, address }: { row: InvitationRow; address: Address }) {
  if (!row.senderId || !row.senderName) return <span className="text-ink-soft">Platform</span>;
  return (
    <TextLink href={hrefWith(address, { sender: row.senderId })} quiet>
      {row.senderName}
    </TextLink>
  );
}

function waiting(row: InvitationRow, now: Date): ReactNode {
  if (row.state !== 'open' || (row.leavesAt && !row.sentAt)) return '';
  const days = Math.floor((now.getTime() - row.createdAt.getTime()) / dayMs);
  return days < 1 ? 'Since today' : countOf(days, 'day', 'days');
}

function Until({ row, timeZone, now }: { row: InvitationRow; timeZone: string; now: Date }) {
  if (!isPending(row)) return <span className="text-ink-soft">Ended</span>;
  return <Time at={row.expiresAt} timeZone={timeZone} now={now} />;
}

function RowMenu({ row, returnTo }: { row: InvitationRow; returnTo: string }) {
  const label = `Actions for ${displayName(row)}`;
  if (!isPending(row)) {
    return (
      <Menu label={label} align="end">
        <MenuDisabled icon="send" reason={`This invitation was ${row.state}.`}>
          Resend invitation
        </MenuDisabled>
      </Menu>
    );
  }
  return (
    <Menu label={label} align="end">
      <MenuLink href={`/invitations/${row.id}`} icon="eye">
        View
      </MenuLink>
      {row.onHoldSince ? (
        <MenuLink href={`/invitations/${row.id}`} icon="circle-check">
          Confirm…
        </MenuLink>
      ) : (
        <MenuForm action={resendAtOnceAction} fields={{ id: row.id, returnTo }} icon="send">
          Resend invitation
        </MenuForm>
      )}
      <MenuForm action={cancelAtOnceAction} fields={{ id: row.id, returnTo }} icon="ban" tone="bad">
        Cancel invitation
      </MenuForm>
    </Menu>
  );
}
