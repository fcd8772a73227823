import SearchForm from 'next/form';
import { Form } from '@/components/form/form';
import { SearchLine } from '@/components/form/search-line';
import { SubmitButton } from '@/components/form/submit-button';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Person } from '@/components/ui/person';
import { avatarTone } from '@/lib/avatar-tone';
import { displayName, fullName } from '@/lib/names';
import { changeMemberAction } from '../members.actions';
import type { MemberRow } from '../members.queries';

type Props = { groupId: string; readerId: string; q: string; rows: MemberRow[]; hasMore: boolean };

/** The group's members with Remove. A search shows everybody it finds, with Add or Remove. Works without scripts. */
export function MemberList({ groupId, readerId, q, rows, hasMore }: Props) {
  const path = `/groups/${groupId}/members`;
  return (
    <div className="max-w-2xl">
      <SearchForm action={path} prefetch={false}>
        <SearchLine
          id="member-search"
          label="Find a person"
          hint="Any part of a name, an address or a phone number. One or two letters find only beginnings."
          q={q}
        />
      </SearchForm>
      <div className="mt-4 rounded-ui border border-line bg-surface">
        {rows.length === 0 ? (
          <EmptyState kind={q ? 'nothing-matches' : 'nothing-yet'} title={q ? 'Nobody matches' : 'Nobody is in it yet'}>
            {q ? 'Search for another part of the name or address.' : 'Find a person above to add them.'}
          </EmptyState>
        ) : (
          <ul aria-label={q ? 'People found' : 'People in the group'}>
            {rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                isSelf={row.id === readerId}
                groupId={groupId}
                returnTo={q ? `${path}?${new URLSearchParams({ q })}` : path}
              />
            ))}
          </ul>
        )}
      </div>
      {hasMore && <p className="mt-2 text-ink-soft">There are more. Search for a part of the name.</p>}
    </div>
  );
}

type RowProps = { row: MemberRow; isSelf: boolean; groupId: string; returnTo: string };

function Row({ row, isSelf, groupId, returnTo }: RowProps) {
  const reason = isSelf ? 'You' : row.isMember ? null : againstJoining[row.status];
  const name = displayName(row);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2.5 last:border-0">
      <Person name={fullName(row)} email={row.email} tone={avatarTone(row.id)} href={`/users/${row.id}`} />
      {reason ? (
        <Badge>{reason}</Badge>
      ) : (
        <Form
          key={`${row.id} ${row.isMember}`}
          action={changeMemberAction}
          warnUnsaved={false}
          idPrefix={`member-${row.id}`}
        >
          <input type="hidden" name="id" value={row.id} />
          <input type="hidden" name="group" value={groupId} />
          <input type="hidden" name="change" value={row.isMember ? 'remove' : 'add'} />
          <input type="hidden" name="returnTo" value={returnTo} />
          <SubmitButton tone="secondary" size="sm">
            {row.isMember ? 'Remove' : 'Add'}
            <span className="sr-only"> {name}</span>
          </SubmitButton>
        </Form>
      )}
    </li>
  );
}

const againstJoining: Record<MemberRow['status'], string | null> = {
  invited: 'Invited, not active yet',
  active: null,
  inactive: null,
  archived: 'Archived',
};
