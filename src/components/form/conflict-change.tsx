import type { Conflict } from '@/lib/form-state';
import { Time } from '../ui/time';

export function ConflictChange({ change, timeZone }: { change: Conflict['changes'][number]; timeZone: string }) {
  const { field, before, after, by, at } = change;
  return (
    <>
      {by ?? 'Somebody'} <What {...{ field, before, after }} />
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

function What({ field, before, after }: Pick<Conflict['changes'][number], 'field' | 'before' | 'after'>) {
  if (!before) {
    return (
      <>
        set {field} to <Value>{after}</Value>
      </>
    );
  }
  if (!after) {
    return (
      <>
        removed {field} <Value>{before}</Value>
      </>
    );
  }
  return (
    <>
      changed {field} from <Value>{before}</Value> to <Value>{after}</Value>
    </>
  );
}

function Value({ children }: { children: string | null }) {
  return <strong className="break-words font-semibold">{children}</strong>;
}
