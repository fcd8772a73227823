import type { ReactNode } from 'react';
import { ListEmpty } from '@/components/table/list-empty';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { countOf } from '@/lib/counts';
import { clearing, isBeyondEnd } from '@/lib/list-links';
import type { Address } from '@/lib/search-params';
import type { StateCounts } from '../list.queries';
import type { InvitationFilter } from '../list.schema';

type Props = {
  address: Address;
  filter: InvitationFilter;
  counts: StateCounts | null;
  invite: ReactNode;
};

export function InvitationListEmpty({ address, filter, counts, invite }: Props) {
  const narrowing = { search: 'q', filters: ['status', 'age', 'organization', 'sender'] };
  if (!counts || isBeyondEnd(address, 0) || clearing(address, narrowing)) {
    return (
      <ListEmpty
        address={address}
        narrowing={narrowing}
        nothingMatches={{ title: 'No invitation matches', hint: 'Remove a filter, or look under another state.' }}
        nothingYet={{ title: 'No invitation matches', hint: 'Look under another state.' }}
      />
    );
  }
  if (Object.values(counts).every((count) => count === 0)) {
    return (
      <EmptyState kind="nothing-yet" title="Nobody has been invited yet" action={invite}>
        Invitations stay here until they are answered.
      </EmptyState>
    );
  }
  if (filter.show !== 'open') {
    return (
      <EmptyState kind="nothing-yet" title={`No invitation ${ends[filter.show]}`}>
        Look under another state.
      </EmptyState>
    );
  }
  if (counts.expired !== 0) {
    const look = <LinkButton href="/invitations?show=expired">See expired invitations</LinkButton>;
    return (
      <EmptyState kind="nothing-yet" title="No invitation is waiting" action={look}>
        {countOf(counts.expired, 'invitation', 'invitations')} expired unanswered. Resend or cancel them.
      </EmptyState>
    );
  }
  return (
    <EmptyState kind="nothing-yet" title="No invitation is waiting" action={invite}>
      Each was accepted or cancelled. New invitations stay here until they are answered.
    </EmptyState>
  );
}

const ends = { accepted: 'was accepted', expired: 'has expired', cancelled: 'was cancelled', all: 'was sent' } as const;
