import Form from 'next/form';
import { SearchLine } from '@/components/form/search-line';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Person } from '@/components/ui/person';
import { avatarTone } from '@/lib/avatar-tone';
import { displayName, fullName } from '@/lib/names';
import type { PersonChoice } from '../options.queries';

type Props = {
  path: string;
  slug: string;
  q: string;
  rows: PersonChoice[];
  hasMore: boolean;
  maySeveral: boolean;
};

export function PersonSearch({ path, slug, q, rows, hasMore, maySeveral }: Props) {
  return (
    <div className="max-w-2xl">
      <Form action={path} prefetch={false}>
        <SearchLine
          label="Find a person"
          hint="Any part of a name, an address or a phone number. One or two letters find only beginnings."
          q={q}
        />
      </Form>
      {q !== '' && (
        <div className="mt-4 rounded-ui border border-line bg-surface">
          {rows.length === 0 ? (
            <EmptyState kind="nothing-matches" title="Nobody matches">
              Somebody who has no account yet is added as a new user.
            </EmptyState>
          ) : (
            <ul aria-label="People found">
              {rows.map((row) => (
                <Found key={row.id} row={row} slug={slug} maySeveral={maySeveral} />
              ))}
            </ul>
          )}
        </div>
      )}
      {hasMore && <p className="mt-2 text-ink-soft">There are more. Search for a longer part of the name.</p>}
    </div>
  );
}

function Found({ row, slug, maySeveral }: { row: PersonChoice } & Pick<Props, 'slug' | 'maySeveral'>) {
  const reason = reasonAgainst(row, maySeveral);
  const name = displayName(row);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-0">
      <Person name={fullName(row)} email={row.email} tone={avatarTone(row.id)} />
      {reason ? (
        <Badge>{reason}</Badge>
      ) : (
        <LinkButton
          href={`/users/${row.id}/access/membership/new?organization=${encodeURIComponent(slug)}`}
          size="sm"
          aria-label={`Choose ${name}`}
        >
          Choose
        </LinkButton>
      )}
    </li>
  );
}

function reasonAgainst({ isMember, status, organizations }: PersonChoice, maySeveral: boolean): string | null {
  if (isMember) return 'Already a member';
  if (status === 'invited') return 'Invited, not active yet';
  if (status === 'archived') return 'Archived';
  return organizations.length > 0 && !maySeveral ? `In ${organizations[0]}` : null;
}
