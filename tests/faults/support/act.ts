// One step of an import in its own process, so that it can be killed: `upload <file>`, `prepare <id>`, `confirm <id>`.
// An upload prints the id of the import.
import { createReadStream } from 'node:fs';
import { canAs, workAs } from '@tests/support/factories';
import { guessedForm } from '@/features/imports/details.queries';
import { recordUpload, stageUpload } from '@/features/imports/staging.service';
import { confirmImport, prepareImport } from '@/features/imports/steps.service';
import { db } from '@/server/db/shared';
import { writesOn } from '@/server/db/statements';

const [step, actorId = '', what = ''] = process.argv.slice(2);
const can = { ...(await canAs<'users.import'>(db(), actorId)), ...writesOn(db()) };
const act = <T>(body: Parameters<typeof workAs<'users.import', T>>[2]) => workAs(db(), actorId, body);

if (step === 'upload') {
  const staged = await stageUpload(can, { name: 'people.csv', stream: createReadStream(what), organizationId: null });
  await act((work) => recordUpload(work, staged));
  process.stdout.write(staged.id);
} else if (step === 'prepare') {
  const form = await guessedForm(can, what);
  await act((work) => prepareImport(work, form));
} else if (step === 'confirm') {
  const plan = await db().plan.findUniqueOrThrow({ where: { id: what } });
  await act((work) => confirmImport(work, what, Buffer.from(plan.hash ?? []).toString('hex')));
}
process.exit(0);
