import { canAs, workAs } from '@tests/support/factories';
import { guessedForm } from '@/features/imports/details.queries';
import { type Reason, reasonText } from '@/features/imports/messages.schema';
import { prepareImport } from '@/features/imports/steps.service';
import { readCsv } from '@/lib/csv';
import { isPasswordHeader } from '@/lib/csv-columns';
import { csvProblemText } from '@/lib/csv-problems';
import type { Db } from '@/server/db/client';
import { Fail } from '@/server/fail';
import { jobRegistry } from '@/server/job';
import '@/handlers';

/** `ms`: the time to choose the columns and validate the rows. */
type Followed = { broken: string[]; isRefused: boolean; ms: number };

export type Validator = ReturnType<typeof makeValidator>;

/** Follows an upload to its end and returns what is wrong. */
export function makeValidator(db: Db) {
  return {
    async follow(id: string, actorId: string, bytes: Uint8Array): Promise<Followed> {
      const expected = await readWhole(bytes);
      const plan = await db.plan.findUniqueOrThrow({ where: { id }, include: { upload: true } });
      if (expected.problem !== null) {
        const given = plan.state === 'failed' ? plan.error : `nothing, it is ${plan.state}`;
        const broken = given === expected.problem ? [] : [`It says ${given}, expected ${expected.problem}.`];
        return { broken, isRefused: true, ms: 0 };
      }
      if (plan.state !== 'preparing' || plan.upload?.rowCount !== expected.rows)
        return {
          broken: [`${plan.upload?.rowCount} of ${expected.rows} rows, ${plan.state}.`],
          isRefused: true,
          ms: 0,
        };
      const begun = performance.now();
      const checked = await validateRows(db, id, actorId, expected.rows);
      return { ...checked, ms: performance.now() - begun };
    },
    async forget(id: string) {
      await db.plan.delete({ where: { id } });
    },
  };
}

/** Reads the file by itself: either the sentence that names row and reason, or the number of rows. */
async function readWhole(bytes: Uint8Array): Promise<{ problem: string | null; rows: number }> {
  async function* source() {
    yield bytes;
  }
  for await (const event of readCsv(source())) {
    if (event.kind === 'problem') return { problem: csvProblemText(event.problem), rows: 0 };
    if (event.kind === 'end') return { problem: null, rows: event.rows };
  }
  throw new Error('A file without an end.');
}

async function validateRows(db: Db, id: string, actorId: string, rows: number) {
  const can = await canAs<'users.import'>(db, actorId);
  const form = await guessedForm(can, id);
  const { header } = await db.upload.findUniqueOrThrow({ where: { planId: id } });
  if (!form.columns.includes('email')) {
    const first = header.findIndex((name) => !isPasswordHeader(name));
    form.columns = form.columns.map((field, index) => (index === first ? 'email' : field));
  }
  try {
    await workAs<'users.import', void>(db, actorId, (work) => prepareImport(work, form));
  } catch (error) {
    // A file of passwords alone: the form says which column is missing.
    if (error instanceof Fail && error.errors?.columns) return { broken: [], isRefused: true };
    throw error;
  }
  await jobRegistry.get('imports.validate')?.handle({ id });
  const { state } = await db.plan.findUniqueOrThrow({ where: { id } });
  const checked = await db.planRow.findMany({
    where: { planId: id },
    select: { n: true, verdict: true, reasons: true },
  });
  const broken = checked.filter(isUnexplained).map(({ n, verdict }) => `Row ${n} is ${verdict} without a reason.`);
  if (state !== 'ready') broken.push(`Validation ended as ${state}.`);
  if (checked.length !== rows) broken.push(`${checked.length} of ${rows} rows have a verdict.`);
  return { broken: broken.slice(0, 3), isRefused: false };
}

/** A refused row without a reason that says why. */
function isUnexplained({ verdict, reasons }: { verdict: string; reasons: unknown }): boolean {
  if (!['conflict', 'error', 'not_allowed'].includes(verdict)) return false;
  const sentences = (reasons as Reason[]).map(reasonText);
  return (
    sentences.length === 0 ||
    sentences.some((sentence) => sentence.length < 10 || sentence === reasonText({} as Reason))
  );
}
