import { ListEmpty } from '@/components/table/list-empty';
import { Diff } from '@/components/ui/diff';
import type { IconName } from '@/components/ui/icons';
import { TextLink } from '@/components/ui/text-link';
import { Timeline } from '@/components/ui/timeline';
import { actionWords, type HistoryKind, kindOf } from '@/lib/audit-actions';
import { detailOf, spokenChanges } from '@/lib/audit-words';
import type { Address } from '@/lib/search-params';
import type { HistoryRow } from '../history.queries';
import { Actor } from './actor';

const icons: Record<HistoryKind, IconName> = {
  profile: 'pencil',
  access: 'shield',
  account: 'key',
  invitations: 'mail',
  'sign-in': 'monitor',
};

type Props = { rows: HistoryRow[]; address: Address; timeZone: string };

export function History({ rows, address, timeZone }: Props) {
  if (rows.length === 0) {
    return (
      <ListEmpty
        address={address}
        narrowing={{ filters: ['kind'] }}
        nothingMatches={{ title: 'Nothing of this kind happened', hint: 'Show all changes or choose another kind.' }}
        nothingYet={{
          title: 'Nothing has changed yet',
          hint: 'Every change will be listed here, with who made it.',
          icon: 'history',
        }}
      />
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
