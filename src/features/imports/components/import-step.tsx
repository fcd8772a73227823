import { VerdictTable, verdictTabs } from '@/components/table/verdict-table';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { LiveProgress } from '@/components/ui/live-progress';
import { Notice } from '@/components/ui/notice';
import { leavingAtOnce, waitingEmails } from '@/features/emails/waiting.queries';
import { isDiscarded, isOwnPlan } from '@/features/plans/owner.policy';
import { getProgress } from '@/features/plans/progress.queries';
import { rowsUnder } from '@/features/plans/rows.queries';
import { firstOf, type SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';
import { firstStagedRow, guessedForm, type ImportDetail } from '../details.queries';
import { importableOrganizations } from '../form-options.queries';
import { whyFailed } from '../messages.schema';
import { reviewRows } from '../review.queries';
import { importVerdicts, reviewSchema } from '../review.schema';
import { ColumnsForm } from './columns-form';
import { FindOrganization, findOrganization } from './find-organization';
import { ImportReceipt } from './receipt';
import { CancelForm, ReviewSummary } from './review';
import { reviewColumns } from './review-rows';

type Props = { can: Can<'users.import'>; detail: ImportDetail; search: SearchParams };

export async function ImportStep({ can, detail, search }: Props) {
  const { plan } = detail;
  const isOwn = isOwnPlan(can, plan);
  if (plan.state === 'failed' && !plan.receipt) return <Failed detail={detail} />;
  if (plan.state === 'preparing' && !detail.isWhole) return <Uploading id={plan.id} />;
  if (plan.state === 'preparing' && detail.params === null)
    return <ColumnsStep can={can} detail={detail} search={search} />;
  if (plan.state === 'preparing' || plan.state === 'applying') return <Working can={can} detail={detail} />;
  if (isDiscarded(plan)) return <Discarded />;
  const waiting =
    plan.receipt?.counts.did.invited && plan.organizationId ? await waitingEmails(can, plan.organizationId) : null;
  return (
    <div className="flex flex-col gap-6">
      {plan.state === 'ready' && (
        <ReviewSummary detail={detail} isOwn={isOwn} atOnce={await leavingAtOnce(can, plan.organizationId)} />
      )}
      <ImportReceipt detail={detail} timeZone={can.timeZone} waiting={waiting} now={new Date()} />
      <Rows can={can} detail={detail} search={search} />
      {plan.state === 'ready' && isOwn && (
        <details
          open={firstOf(search, findOrganization) !== undefined}
          className="rounded-ui border border-line bg-surface px-5 py-3"
        >
          <summary className="font-semibold text-sm">Change columns or choices</summary>
          <p className="mb-4 text-ink-soft">Every row is checked again. Nothing is imported yet.</p>
          <ColumnsStep can={can} detail={detail} search={search} />
        </details>
      )}
    </div>
  );
}

function Failed({ detail }: { detail: ImportDetail }) {
  const { title, text } = whyFailed(detail.plan.error, false);
  return (
    <Notice tone="bad" title={title} action={<UploadAgain />}>
      {text}
    </Notice>
  );
}

/** Shows no counts, because the rows were deleted with the file. */
function Discarded() {
  return (
    <Notice tone="info" title="This import was discarded" action={<UploadAgain />}>
      Nothing was imported, and the file was deleted.
    </Notice>
  );
}

function UploadAgain() {
  return (
    <LinkButton href="/imports/new" icon="upload">
      Upload another file
    </LinkButton>
  );
}

function Uploading({ id }: { id: string }) {
  return (
    <Notice
      tone="info"
      title="The file is still uploading"
      action={
        <LinkButton href={`/imports/${id}`} icon="refresh">
          Refresh
        </LinkButton>
      }
    >
      Keep the page that uploads it open. If the upload is cut off, this page says so within two minutes.
    </Notice>
  );
}

async function ColumnsStep({ can, detail, search }: Props) {
  if (!isOwnPlan(can, detail.plan))
    return <Notice tone="info">The person who uploaded this file has not chosen its columns yet.</Notice>;
  const { plan } = detail;
  const values = await guessedForm(can, plan.id);
  const selection = { chosen: values.organizationId, typed: firstOf(search, findOrganization) };
  const choices = plan.organizationId === null ? await importableOrganizations(can, selection) : null;
  return (
    <div className="flex flex-col gap-6">
      {choices && <FindOrganization path={`/imports/${plan.id}`} choices={choices} />}
      <ColumnsForm
        detail={detail}
        values={values}
        sample={await firstStagedRow(can, plan)}
        organizations={choices?.organizations ?? []}
        mayMakeGroups={can.may('groups.create', plan.organizationId)}
      />
    </div>
  );
}

async function Working({ can, detail }: { can: Can<'users.import'>; detail: ImportDetail }) {
  const { plan } = detail;
  const isApplying = plan.state === 'applying';
  return (
    <Card
      title={isApplying ? 'Importing' : 'Checking every row'}
      description={
        isApplying
          ? 'You can leave this page. If you stop the import, people already imported stay.'
          : 'You can leave this page. Nothing is imported yet.'
      }
    >
      <div className="flex flex-col gap-5">
        <LiveProgress
          key={plan.state}
          label={isApplying ? 'Rows imported' : 'Rows checked'}
          href={`/imports/${plan.id}/progress`}
          initial={await getProgress(can, plan)}
        />
        <CancelForm id={plan.id} isApplying={isApplying} />
      </div>
    </Card>
  );
}

async function Rows({ can, detail, search }: Props) {
  const { counts, id, receipt } = detail.plan;
  const path = `/imports/${id}`;
  const tabs = verdictTabs(path, importVerdicts, counts, receipt?.counts);
  const { verdict, ...place } = reviewSchema.parse({
    verdict: firstOf(search, 'verdict'),
    before: firstOf(search, 'before'),
    after: firstOf(search, 'after'),
  });
  const current = tabs.find(({ key }) => key === verdict) ?? tabs[0];
  if (!current) return null;
  const { names, ...page } = await reviewRows(can, detail.plan, { ...rowsUnder(current.key), ...place });
  return (
    <VerdictTable
      label="Rows of the file"
      path={path}
      tabs={tabs}
      current={current}
      columns={reviewColumns(names, receipt !== null)}
      {...page}
    />
  );
}
