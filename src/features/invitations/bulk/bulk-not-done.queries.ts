import { csvBom, csvLine } from '@/lib/csv';
import { Fail } from '@/server/fail';
import type { LinesFile } from '@/server/lines-download';
import type { Can } from '@/server/work';
import { type BulkDetail, type BulkRow, getBulk, listBulkRows } from './plan.queries';
import { type BulkAction, bulkReasonText } from './plan.schema';

const size = 1_000;

export async function notDoneFile(can: Can<'users.invite'>, id: string): Promise<LinesFile> {
  const detail = await getBulk(can, id);
  if (detail.plan.state === 'preparing') throw new Fail('plan.state');
  const { plan, params } = detail;
  const fileName = fileNames[params.action];
  return {
    fileName,
    lines: linesOf(can, detail),
    taken: {
      action: 'invitations.not_done_taken',
      subject: { type: 'invitations', id: plan.id },
      organizationId: plan.organizationId,
      personId: can.actor.id,
      after: { fileName },
    },
  };
}

const fileNames: Record<BulkAction, string> = {
  resend: 'invitations-not-resent.csv',
  confirm: 'invitations-not-confirmed.csv',
  cancel: 'invitations-not-cancelled.csv',
};

async function* linesOf(can: Can<'users.invite'>, { plan }: BulkDetail): AsyncGenerator<string> {
  yield csvBom + csvLine(['email', 'name', 'organization', 'reason']);
  const isOver = plan.receipt !== null;
  for (let after: number | null = 0; after !== null; ) {
    const { rows, next } = await listBulkRows(can, plan, { isNotDone: true, after, size });
    // Pending rows may still be applied.
    yield rows
      .filter(({ status }) => isOver || status !== 'pending')
      .map(lineOf)
      .join('');
    after = next?.n ?? null;
  }
}

function lineOf(row: BulkRow): string {
  const codes = [...row.reasons.map(({ code }) => code), ...(row.result?.reason ? [row.result.reason] : [])];
  const reason = row.status === 'pending' ? 'Not reached.' : codes.map(bulkReasonText).join(' ');
  return csvLine([row.label, row.change.name, row.change.organization ?? 'Platform', reason]);
}
