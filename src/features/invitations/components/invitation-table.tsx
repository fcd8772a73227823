import type { ReactNode } from 'react';
import { type Column, DataTable } from '@/components/table/data-table';
import type { Moment, RowAction } from '@/components/table/table-data';
import { type Clock, personValue, timeValue } from '@/components/table/values';
import { formatForReader, formatMoment } from '@/lib/dates';
import { displayName, fullName } from '@/lib/names';
import { type Address, hrefWith } from '@/lib/search-params';
import { cancelAtOnceAction, resendAtOnceAction } from '../at-once.actions';
import type { InvitationRow } from '../list.queries';
import { isPending, statusOf } from '../status.policy';
import { invitationLook } from './invitation-look';

type Props = {
  rows: InvitationRow[];
  address: Address;
  timeZone: string;
  now: Date;
  withOrganization: boolean;
  mayAct: boolean;
  /** The address of this page of the list, where the menu of a row leads back to. */
  selectionId: string;
  empty: ReactNode;
};

const dayMs = 24 * 60 * 60 * 1000;

export function InvitationTable(props: Props) {
  const { rows, address, timeZone, now, withOrganization, mayAct, selectionId, empty } = props;
  return (
    <DataTable
      caption="Invitations, newest first"
      columns={columnsFor({ address, withOrganization, clock: { timeZone, now } })}
      rows={rows}
      rowKey={(row) => row.id}
      rowLabel={(row) => displayName(row)}
      rowHref={(row) => `/invitations/${row.id}`}
      address={address}
      {...(mayAct && rows.some(isPending) && { selection: { formId: selectionId, isSelectable: isPending } })}
      {...(mayAct && { menu: { actions, of: menuOf } })}
      empty={empty}
    />
  );
}

const actions: Record<string, RowAction> = {
  view: { label: 'View', icon: 'eye', href: '/invitations/{id}' },
  confirm: { label: 'Confirm…', icon: 'circle-check', href: '/invitations/{id}' },
  resend: { label: 'Resend invitation', icon: 'send', act: resendAtOnceAction },
  cancel: { label: 'Cancel invitation', icon: 'ban', tone: 'bad', act: cancelAtOnceAction },
};

function menuOf(row: InvitationRow): string[] {
  if (!isPending(row)) return ['view'];
  return ['view', row.onHoldSince ? 'confirm' : 'resend', 'cancel'];
}

type Columns = Pick<Props, 'address' | 'withOrganization'> & { clock: Clock };

function columnsFor({ address, withOrganization, clock }: Columns): Column<InvitationRow>[] {
  const organization: Column<InvitationRow> = {
    key: 'organization',
    header: 'To',
    kind: 'text',
    value: (row) => row.organizationName ?? 'Platform',
  };
  return [
    {
      key: 'person',
      header: 'Person',
      kind: 'person',
      value: (row) => personValue({ id: row.userId ?? row.id, name: fullName(row), email: row.email }),
    },
    {
      key: 'status',
      header: 'State',
      kind: 'status',
      value: (row) => invitationLook[statusOf(row, clock.now)],
    },
    ...(withOrganization ? [organization] : []),
    { key: 'sender', header: 'Sent by', kind: 'link', value: (row) => senderOf(row, address) },
    { key: 'waiting', header: 'Waiting', kind: 'number', value: (row) => waiting(row, clock.now) },
    { key: 'sent', header: 'Sent', kind: 'time', value: (row) => sentOf(row, clock) },
    {
      key: 'expires',
      header: 'Link expires',
      kind: 'time',
      value: (row) => (isPending(row) ? timeValue(row.expiresAt, clock) : null),
    },
  ];
}

function senderOf({ senderId, senderName }: InvitationRow, address: Address) {
  if (!senderId || !senderName) return { text: 'Platform' };
  return { text: senderName, href: hrefWith(address, { sender: senderId }) };
}

function waiting(row: InvitationRow, now: Date): string | null {
  if (row.state !== 'open' || (row.leavesAt && !row.sentAt)) return null;
  const days = Math.floor((now.getTime() - row.createdAt.getTime()) / dayMs);
  return days < 1 ? 'since today' : `${days} d`;
}

/** An email that waits for its hour shows the clock, not a distance: people come back at that time. */
function sentOf({ leavesAt, sentAt }: InvitationRow, clock: Clock): Moment | null {
  if (!leavesAt || sentAt) return timeValue(sentAt, clock);
  const text = `Leaves at ${formatMoment(leavesAt, clock.timeZone, clock.now)}`;
  return { text, exact: formatForReader(leavesAt, clock.timeZone), at: leavesAt.toISOString() };
}
