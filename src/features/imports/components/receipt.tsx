import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Time } from '@/components/ui/time';
import type { WaitingEmails } from '@/features/emails/waiting.queries';
import { countOf, formatCount } from '@/lib/counts';
import { formatMoment } from '@/lib/dates';
import { retention } from '@/lib/limits';
import type { ImportDetail } from '../details.queries';
import { failedRowsOf } from '../failed-rows.policy';
import { whyFailed } from '../messages.schema';

const keptDays = retention.stagedRowsMs / 86_400_000;

const titles = {
  done: 'The import is done',
  nobody: 'Nobody was added or updated',
  cancelled: 'The import was stopped',
} as const;

type Props = { detail: ImportDetail; timeZone: string; waiting: WaitingEmails | null; now: Date };

export function ImportReceipt({ detail, timeZone, waiting, now }: Props) {
  const { plan } = detail;
  if (!plan.receipt || plan.state === 'preparing' || plan.state === 'ready' || plan.state === 'applying') return null;
  const why = plan.state === 'failed' ? whyFailed(plan.error, true) : null;
  const { applied, refused, skipped, left, did } = plan.receipt.counts;
  const { unchanged = 0 } = plan.counts;
  const failed = failedRowsOf(plan);
  const note = failed > 0 && detail.hasRows ? ' Downloading failed rows is recorded in the audit log.' : '';
  return (
    <Card
      title={
        why?.title ?? titles[applied === 0 && plan.state === 'done' ? 'nobody' : (plan.state as 'done' | 'cancelled')]
      }
      description={`${why ? `${why.text} ` : ''}${applied === 0 && !why ? 'No row of the file was imported.' : `${countOf(applied, 'person was', 'people were')} added or updated.`}${note}`}
      actions={
        failed > 0 &&
        detail.hasRows && (
          <form method="post" action={`/imports/${plan.id}/failed-rows`}>
            <Button type="submit" icon="download">
              Download {countOf(failed, 'failed row', 'failed rows')}
            </Button>
          </form>
        )
      }
    >
      {failed > 0 && !detail.hasRows && (
        <p className="mb-3 text-ink-soft">
          {countOf(failed, 'failed row was', 'failed rows were')} deleted {keptDays} days after the import ended and can
          no longer be downloaded.
        </p>
      )}
      <DescriptionList
        columns={2}
        items={[
          { term: 'Invited', value: formatCount(did.invited ?? 0) },
          ...(waiting
            ? [
                {
                  term: 'Emails that wait',
                  value: formatCount(waiting.emails),
                  hint: `The organization has used up its emails for now. The last leaves at ${formatMoment(waiting.lastLeavesAt, timeZone, now)}.`,
                },
              ]
            : []),
          { term: 'Updated', value: formatCount(did.updated ?? 0) },
          { term: 'Added as inactive', value: formatCount(did.created ?? 0) },
          { term: 'Unchanged', value: formatCount(unchanged) },
          { term: 'Left out at review', value: formatCount(skipped - unchanged) },
          {
            term: 'Refused',
            value: formatCount(refused),
            hint: refused > 0 ? 'Something changed after the review.' : undefined,
          },
          ...(left > 0 ? [{ term: 'Not reached', value: formatCount(left) }] : []),
          {
            term: 'Confirmed',
            value: <Time at={plan.confirmedAt} timeZone={timeZone} exact />,
            hint: detail.by && `By ${detail.by.name}`,
          },
          { term: 'Ended', value: <Time at={plan.finishedAt} timeZone={timeZone} exact /> },
        ]}
      />
    </Card>
  );
}
