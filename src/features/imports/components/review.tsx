import { Form } from '@/components/form/form';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { ReviewCard } from '@/components/ui/review-card';
import { countOf, formatCount } from '@/lib/counts';
import type { ImportDetail } from '../details.queries';
import { cancelImportAction, confirmImportAction, revalidateAction } from '../steps.actions';

const people = (count: number) => countOf(count, 'person', 'people');

function sentenceOf(detail: ImportDetail): string {
  const { create = 0, update = 0 } = detail.plan.counts;
  const left = detail.rowCount - create - update;
  const changes = [create > 0 && `add ${people(create)}`, update > 0 && `update ${people(update)}`].filter(Boolean);
  if (changes.length === 0) return 'No row of this file changes anything.';
  const said = changes.join(' and ');
  const rest = left > 0 ? ` ${countOf(left, 'row is', 'rows are')} left alone.` : '';
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.${rest}`;
}

function sendingOf(invites: number, atOnce: number | null): string {
  const sends = `Sends ${countOf(invites, 'invitation', 'invitations')}`;
  if (atOnce === null || atOnce >= invites) return `${sends} immediately.`;
  const now = atOnce > 0 ? `: ${formatCount(atOnce)} immediately, the others` : '';
  return `${sends}${now} as soon as the organization may send more emails.`;
}

type Summary = {
  detail: ImportDetail;
  isOwn: boolean;
  /** How many invitations the organization's quota has room for in this hour; null is any number. */
  atOnce: number | null;
};

export function ReviewSummary({ detail, isOwn, atOnce }: Summary) {
  const { plan, params } = detail;
  const invites = params?.invites ?? 0;
  const groups = params?.newGroups ?? { count: 0, names: [] };
  if (plan.error === 'plan.stale') return <Stale id={plan.id} isOwn={isOwn} />;
  return (
    <ReviewCard
      sentence={sentenceOf(detail)}
      consequences={[
        plan.total > 0 && sendingOf(invites, atOnce),
        groups.count > 0 &&
          `Creates ${countOf(groups.count, 'group', 'groups')}: ${groups.names.join(', ')}${groups.count > groups.names.length ? ' and more' : ''}.`,
        plan.total > 0 && 'If a person changes before their row is imported, the row is refused and listed.',
      ]}
      note={!isOwn && 'Only the person who uploaded this file can confirm it.'}
    >
      {isOwn && plan.total > 0 && (
        <Form
          action={confirmImportAction}
          submitLabel={submitLabelOf(plan.total, invites)}
          pendingLabel="Starting"
          warnUnsaved={false}
          idPrefix="confirm"
        >
          <input type="hidden" name="id" value={plan.id} />
          <input type="hidden" name="hash" value={plan.hash ?? ''} />
        </Form>
      )}
      <CancelForm id={plan.id} isApplying={false} />
    </ReviewCard>
  );
}

function submitLabelOf(total: number, invites: number): string {
  const sends = invites > 0 ? ` and send ${countOf(invites, 'invitation', 'invitations')}` : '';
  return `Import ${people(total)}${sends}`;
}

function Stale({ id, isOwn }: { id: string; isOwn: boolean }) {
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn" title="Review it again">
        Roles or groups that this file grants changed after the review. Nothing was imported.
      </Notice>
      {isOwn && (
        <Form action={revalidateAction} submitLabel="Check every row again" warnUnsaved={false} idPrefix="again">
          <input type="hidden" name="id" value={id} />
        </Form>
      )}
    </div>
  );
}

/** States the consequence first, because a stopped import cannot be resumed. */
export function CancelForm({ id, isApplying }: { id: string; isApplying: boolean }) {
  const label = isApplying ? 'Stop the import' : 'Discard this import';
  return (
    <details>
      <summary className={buttonClass('secondary', 'lg')}>{label}…</summary>
      <div className="mt-3 flex max-w-prose flex-col gap-4 rounded-ui border border-line px-4 py-3">
        <p>
          {isApplying
            ? 'People already imported stay. The rest is not imported. To import it later, upload the file again.'
            : 'The file and its settings are deleted. Nothing was imported.'}
        </p>
        <Form action={cancelImportAction} submitLabel={label} submitTone="danger" warnUnsaved={false} idPrefix="cancel">
          <input type="hidden" name="id" value={id} />
        </Form>
      </div>
    </details>
  );
}
