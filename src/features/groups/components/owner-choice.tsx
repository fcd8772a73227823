import SearchForm from 'next/form';
import { SearchLine } from '@/components/form/search-line';
import { LinkButton } from '@/components/ui/button';
import type { Owner } from '../owners.queries';

type Props = { q: string; owners: Owner[]; hasMore: boolean };

/** A search whose results are links, so nothing typed into the form is lost and it works without scripts. */
export function OwnerChoice({ q, owners, hasMore }: Props) {
  return (
    <div className="max-w-2xl">
      <SearchForm action="/groups/new" prefetch={false}>
        <input type="hidden" name="choose" value="yes" />
        <SearchLine id="owner-search" label="Find an organization" q={q} />
      </SearchForm>
      <ul aria-label="Where the group can belong" className="mt-4 rounded-ui border border-line bg-surface">
        {owners.length === 0 && <li className="px-4 py-2.5 text-ink-soft">No active organization matches.</li>}
        {owners.map(({ name, slug }) => (
          <li
            key={slug}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-0"
          >
            <span className="min-w-0 break-words font-medium">{name}</span>
            <LinkButton
              href={`/groups/new?organization=${encodeURIComponent(slug)}`}
              size="sm"
              aria-label={`Choose ${name}`}
            >
              Choose
            </LinkButton>
          </li>
        ))}
      </ul>
      {hasMore && <p className="mt-2 text-ink-soft">There are more. Search for a part of the name.</p>}
    </div>
  );
}
