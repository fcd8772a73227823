import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { planLook } from '@/components/ui/plan-look';
import { Status } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { countOf } from '@/lib/counts';
import type { OwnBulk } from '../plan.queries';
import { bulkShownDays } from '../plan.schema';
import { nameOfBulk } from './words';

type Props = { changes: OwnBulk[]; timeZone: string; now: Date };

export function OwnChanges({ changes, timeZone, now }: Props) {
  const over = changes.filter(({ finishedAt }) => finishedAt !== null);
  const ready = changes.filter(({ state }) => state === 'ready');
  const [underWay] = changes.filter(({ state }) => state === 'preparing' || state === 'applying');
  if (changes.length === 0) return null;
  return (
    <div className="mb-4 flex flex-col gap-3">
      {underWay && (
        <Notice tone="info" action={<LinkButton href={`/invitations/bulk/${underWay.id}`}>See progress</LinkButton>}>
          A bulk action that you started is in progress.
        </Notice>
      )}
      {ready.map((change) => (
        <Notice
          key={change.id}
          tone="warn"
          action={<LinkButton href={`/invitations/bulk/${change.id}`}>Review it</LinkButton>}
        >
          “{nameOfBulk(change)}”, chosen <Time at={change.createdAt} timeZone={timeZone} now={now} />, is waiting for
          your confirmation. Nothing has changed yet.
        </Notice>
      ))}
      {over.length > 0 && (
        <details className="rounded-ui border border-line bg-surface px-4 py-2.5">
          <summary>
            {countOf(over.length, 'bulk action', 'bulk actions')} you started in the last {bulkShownDays} days
          </summary>
          <ul className="mt-2 flex flex-col divide-y divide-line">
            {over.map((change) => (
              <li key={change.id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2">
                <TextLink href={`/invitations/bulk/${change.id}`}>{nameOfBulk(change)}</TextLink>
                <Status {...planLook(change.state)} />
                <span className="text-ink-soft">
                  <Time at={change.finishedAt} timeZone={timeZone} now={now} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
