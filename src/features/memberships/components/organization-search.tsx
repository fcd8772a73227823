import Form from 'next/form';
import { SearchLine } from '@/components/form/search-line';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { OrganizationChoice } from '../options.queries';

type Props = { path: string; q: string; rows: OrganizationChoice[]; hasMore: boolean };

/** A search whose results are links, so it works without scripts. */
export function OrganizationSearch({ path, q, rows, hasMore }: Props) {
  return (
    <div className="max-w-2xl">
      <Form action={path} prefetch={false}>
        <SearchLine label="Find an organization" hint="Part of its name or slug." q={q} />
      </Form>
      <div className="mt-4 rounded-ui border border-line bg-surface">
        {rows.length === 0 ? (
          <EmptyState
            kind={q ? 'nothing-matches' : 'nothing-yet'}
            title={q ? 'No organization matches' : 'No organizations yet'}
          >
            {q ? 'Search for another part of the name.' : 'There is nothing to add this person to.'}
          </EmptyState>
        ) : (
          <ul aria-label="Organizations found">
            {rows.map((row) => (
              <Found key={row.id} path={path} row={row} />
            ))}
          </ul>
        )}
      </div>
      {hasMore && <p className="mt-2 text-ink-soft">There are more. Search for a longer part of the name.</p>}
    </div>
  );
}

function Found({ path, row }: { path: string; row: OrganizationChoice }) {
  const reason = row.isMember ? 'Already a member' : row.status === 'active' ? null : 'Not active';
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-0">
      <span className="min-w-0">
        <span className="block break-words font-medium">{row.name}</span>
        <code className="text-xs text-ink-soft">{row.slug}</code>
      </span>
      {reason ? (
        <Badge>{reason}</Badge>
      ) : (
        <LinkButton
          href={`${path}?organization=${encodeURIComponent(row.slug)}`}
          size="sm"
          aria-label={`Choose ${row.name}`}
        >
          Choose
        </LinkButton>
      )}
    </li>
  );
}
