import { Diff } from '@/components/ui/diff';
import { EmptyState } from '@/components/ui/empty-state';
import type { IconName } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/text-link';
import { Timeline } from '@/components/ui/timeline';
import { actionWords, detailOf, type HistoryKind, kindOf, spokenChanges } from '@/lib/audit-words';
import type { HistoryRow } from '../history/queries';
import { Actor } from './actor';

const icons: Record<HistoryKind, IconName> = {
  profile: 'pencil',
  access: 'shield',
  account: 'key',
  invitations: 'mail',
  'sign-in': 'monitor',
};

type Props = { rows: HistoryRow[]; timeZone: string; isFiltered: boolean };

/** What became of one person, by day: what, by whom, why, and each value before and after. */
export function History({ rows, timeZone, isFiltered }: Props) {
  if (rows.length === 0) {
    return (
      <EmptyState
        kind={isFiltered ? 'nothing-matches' : 'nothing-yet'}
        icon="history"
        title={isFiltered ? 'Nothing of this kind happened' : 'Nothing was changed yet'}
      >
        {isFiltered
          ? 'Look at all changes, or at another kind.'
          : 'Every change will be listed here, with who made it.'}
      </EmptyState>
    );
  }
  const entries = rows.map((row) => ({
    id: row.id,
    at: row.at,
    icon: icons[kindOf(row.action)],
    title: <TextLink href={`/audit/${row.id}`}>{actionWords(row.action)}</TextLink>,
    detail: <Detail row={row} timeZone={timeZone} />,
  }));
  return <Timeline entries={entries} timeZone={timeZone} />;
}

function Detail({ row, timeZone }: { row: HistoryRow; timeZone: string }) {
  const changes = spokenChanges(row.body, row.names, timeZone);
  const reason = detailOf(row.body, 'reason');
  return (
    <div className="flex flex-col gap-2">
      <p>
        By <Actor row={row} isInline />
        {row.organization && `, in ${row.organization}`}
      </p>
      {reason && <p className="whitespace-pre-line text-ink">“{reason}”</p>}
      {changes.length > 0 && (
        <div className="max-w-3xl text-ink">
          <Diff changes={changes} caption={`What changed: ${actionWords(row.action)}`} />
        </div>
      )}
    </div>
  );
}
