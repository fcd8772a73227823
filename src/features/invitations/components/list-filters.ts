import type { ListFilter } from '@/components/table/list-filter';
import { formatCount } from '@/lib/counts';
import { type Address, hrefWith } from '@/lib/search-params';
import type { ReadableOrganizations } from '../form-options.queries';
import type { StateCounts } from '../list.queries';
import { findOrganization, type InvitationFilter, type InvitationStatus } from '../list.schema';
import { invitationLook } from './invitation-look';

const shows: [InvitationFilter['show'], string][] = [
  ['open', 'Waiting'],
  ['accepted', 'Accepted'],
  ['expired', 'Expired'],
  ['cancelled', 'Cancelled'],
  ['all', 'All'],
];

export function tabHref(address: Address, show: InvitationFilter['show']): string {
  return hrefWith(address, { show, status: null, age: null });
}

export function tabsFor(address: Address, counts: StateCounts | null) {
  return shows.map(([show, label]) => ({
    href: tabHref(address, show),
    label,
    ...(counts && show !== 'all' && { count: formatCount(counts[show]) }),
  }));
}

const waitingStatuses: InvitationStatus[] = ['queued', 'sent', 'opened', 'failed', 'bounced', 'held'];

type Given = {
  filter: InvitationFilter;
  choices: ReadableOrganizations;
  actorId: string;
  senderName: string | null;
};

export function listFilters({ filter, choices, actorId, senderName }: Given): ListFilter[] {
  const option = (status: InvitationStatus) => ({ value: status, label: invitationLook[status].word });
  const { organizations, hasSeveral } = choices;
  const sender = filter.sender;
  const list: (ListFilter | false)[] = [
    (filter.show === 'open' || filter.show === 'all') && {
      kind: 'one',
      name: 'status',
      label: 'Delivery',
      options: waitingStatuses.map(option),
    },
    filter.show === 'open' && {
      kind: 'one',
      name: 'age',
      label: 'Waiting',
      options: [{ value: 'long', label: 'Three days or more' }],
    },
    filter.show === 'expired' && {
      kind: 'one',
      name: 'age',
      label: 'Expired',
      options: [{ value: 'lately', label: 'In the last 30 days, unanswered' }],
    },
    hasSeveral && {
      kind: 'one',
      name: 'organization',
      label: 'Organization',
      options: organizations.map(({ id, name }) => ({ value: id, label: name })),
      source: '/api/choices/invitations',
      find: findOrganization,
    },
    {
      kind: 'one',
      name: 'sender',
      label: 'Sent by',
      options: [
        { value: actorId, label: 'Me' },
        ...(sender && sender !== actorId ? [{ value: sender, label: senderName ?? 'Chosen person' }] : []),
      ],
    },
  ];
  return list.filter((each) => each !== false);
}
