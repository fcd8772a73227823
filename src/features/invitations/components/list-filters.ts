import type { ListFilter } from '@/components/table/filter-chip';
import { type Address, hrefWith } from '@/lib/search-params';
import type { OrganizationChoice } from '../choices/queries';
import type { InvitationFilter, InvitationStatus } from '../schema';
import { statusWord } from './invitation-badge';

const shows: [InvitationFilter['show'], string][] = [
  ['open', 'Waiting'],
  ['accepted', 'Accepted'],
  ['expired', 'Expired'],
  ['cancelled', 'Cancelled'],
  ['all', 'All'],
];

/** One tab a state; how a waiting one was delivered is a filter under its tab. */
export function tabsFor(address: Address) {
  return shows.map(([show, label]) => ({ href: hrefWith(address, { show, status: null }), label }));
}

const ofWaiting: InvitationStatus[] = ['queued', 'sent', 'opened', 'failed', 'bounced', 'held'];

type Given = { filter: InvitationFilter; organizations: OrganizationChoice[]; actorId: string };

/** The filters under the tabs. A sender chosen from the list stays as a chip of its own. */
export function listFilters({ filter, organizations, actorId }: Given): ListFilter[] {
  const option = (status: InvitationStatus) => ({ value: status, label: statusWord(status) });
  const sender = filter.sender;
  return [
    ...(filter.show === 'open' || filter.show === 'all'
      ? [{ kind: 'one' as const, name: 'status', label: 'Delivery', options: ofWaiting.map(option) }]
      : []),
    ...(organizations.length > 1
      ? [
          {
            kind: 'one' as const,
            name: 'organization',
            label: 'Organization',
            options: organizations.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
    {
      kind: 'one',
      name: 'sender',
      label: 'Sent by',
      options: [
        { value: actorId, label: 'Me' },
        ...(sender && sender !== actorId ? [{ value: sender, label: 'Chosen person' }] : []),
      ],
    },
  ];
}
