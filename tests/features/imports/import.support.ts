import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { canAs, workAs } from '@tests/support/factories';
import type { ColumnsForm } from '@/features/imports/columns.schema';
import { guessedForm } from '@/features/imports/details.queries';
import type { Reason } from '@/features/imports/messages.schema';
import { reasonText } from '@/features/imports/messages.schema';
import { recordUpload, type Stager, stageUpload } from '@/features/imports/staging.service';
import { confirmImport, prepareImport } from '@/features/imports/steps.service';
import { chosenOrganization } from '@/features/imports/upload.service';
import type { Db } from '@/server/db/client';
import { writesOn } from '@/server/db/statements';
import { jobRegistry } from '@/server/job';
import '@/handlers';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/csv');

export const fixture = (name: string) => readFile(path.join(fixtures, name));

async function* once(bytes: Uint8Array) {
  yield bytes;
}

/** The handle with which a route receives a body: it stages rows before any transaction is open. */
export async function stagerAs(db: Db, userId: string): Promise<Stager> {
  return { ...(await canAs<'users.import'>(db, userId)), ...writesOn(db) };
}

/** Uploads bytes as this person would through the form. Returns the import's id and any problem of the file. */
export async function upload(db: Db, actorId: string, bytes: Uint8Array | string, name = 'people.csv') {
  const can = await stagerAs(db, actorId);
  const stream = once(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  const staged = await stageUpload(can, { name, stream, organizationId: chosenOrganization(can, null) });
  await workAs<'users.import', string>(db, actorId, (work) => recordUpload(work, staged));
  return staged;
}

/** Accepts the guessed columns with these choices. */
export async function prepare(db: Db, actorId: string, id: string, choices: Partial<ColumnsForm> = {}) {
  const can = await canAs<'users.import'>(db, actorId);
  const form = await guessedForm(can, id);
  await workAs<'users.import', void>(db, actorId, (work) => prepareImport(work, { ...form, ...choices }));
}

/** Accepts the guessed columns with these choices and runs the validation job. */
export async function validate(db: Db, actorId: string, id: string, choices: Partial<ColumnsForm> = {}) {
  await prepare(db, actorId, id, choices);
  await runJob('imports.validate', id);
}

export async function runJob(name: string, id: string) {
  await jobRegistry.get(name)?.handle({ id });
}

export async function confirm(db: Db, actorId: string, id: string) {
  const plan = await db.plan.findUniqueOrThrow({ where: { id } });
  const hash = Buffer.from(plan.hash ?? []).toString('hex');
  await workAs<'users.import', void>(db, actorId, (work) => confirmImport(work, id, hash));
}

/** From the file to the receipt. */
export async function importFile(
  db: Db,
  actorId: string,
  bytes: Uint8Array | string,
  choices: Partial<ColumnsForm> = {},
): Promise<string> {
  const { id } = await upload(db, actorId, bytes);
  await validate(db, actorId, id, choices);
  await confirm(db, actorId, id);
  await runJob('imports.apply', id);
  return id;
}

/** Row number → verdict and reasons. */
export async function verdicts(db: Db, id: string): Promise<Record<number, string>> {
  const rows = await db.planRow.findMany({ where: { planId: id }, orderBy: { n: 'asc' } });
  return Object.fromEntries(
    rows.map((row) => {
      const reasons = (row.reasons as Reason[]).map(reasonText).join(' ');
      return [row.n, reasons === '' ? row.verdict : `${row.verdict}: ${reasons}`];
    }),
  );
}

export function stateOf(db: Db, id: string) {
  return db.plan.findUniqueOrThrow({ where: { id }, include: { receipt: true } });
}
