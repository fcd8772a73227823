import type { Conflict } from '@/lib/form-state';
import { Time } from '../ui/time';

export function ConflictChange({ change, timeZone }: { change: Conflict['changes'][number]; timeZone: string }) {
  const { field, before, after, by, at } = change;
  return (
    <>
      {by ?? 'Somebody'} changed {field} from <Value>{before}</Value> to <Value>{after}</Value>
      {at && (
        <>
          {' '}
          <Time at={new Date(at)} timeZone={timeZone} />
        </>
      )}
      .
    </>
  );
}

function Value({ children }: { children: string | null }) {
  if (!children) return 'nothing';
  return <strong className="break-words font-semibold">{children}</strong>;
}
