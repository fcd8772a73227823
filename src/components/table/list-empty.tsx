import type { ReactNode } from 'react';
import { clearing, isBeyondEnd, type Narrowing } from '@/lib/list-links';
import { type Address, hrefWith } from '@/lib/search-params';
import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import type { IconName } from '../ui/icons';

type Words = { title: string; hint?: ReactNode };

type Props = {
  address: Address;
  narrowing: Narrowing;
  nothingMatches: Words;
  nothingYet: Words & { action?: ReactNode; icon?: IconName };
};

export function ListEmpty({ address, narrowing, nothingMatches, nothingYet }: Props) {
  if (isBeyondEnd(address, 0)) {
    return (
      <EmptyState
        kind="nothing-matches"
        title="No more rows"
        action={<LinkButton href={hrefWith(address, {})}>Go to the first page</LinkButton>}
      >
        The list ends before this page.
      </EmptyState>
    );
  }
  const clear = clearing(address, narrowing);
  if (clear) {
    return (
      <EmptyState
        kind="nothing-matches"
        title={nothingMatches.title}
        action={<LinkButton href={clear.href}>{clear.words}</LinkButton>}
      >
        {nothingMatches.hint}
      </EmptyState>
    );
  }
  const { title, hint, ...more } = nothingYet;
  return (
    <EmptyState kind="nothing-yet" title={title} {...more}>
      {hint}
    </EmptyState>
  );
}
