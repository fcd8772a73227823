import { testDatabase } from '@tests/support/database';
import { canAs, makeUser, workAs } from '@tests/support/factories';
import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { getImport, guessedForm } from '@/features/imports/details.queries';
import { listImports } from '@/features/imports/list.queries';
import { readImportsFilter } from '@/features/imports/list.schema';
import { whyFailed } from '@/features/imports/messages.schema';
import { endCutOffUploads, recordUpload, stageUpload } from '@/features/imports/staging.service';
import { prepareImport } from '@/features/imports/steps.service';
import { maxTakeUps } from '@/features/plans/applying/failure.service';
import { takeUp } from '@/features/plans/applying/lock.service';
import { writesOn } from '@/server/db/statements';
import { jobRegistry } from '@/server/job';
import '@/handlers';
import { confirm, runJob, stagerAs, stateOf, upload, validate } from './import.support';

const { db, owner } = await testDatabase();
const admin = () => makeUser(db, { roles: ['system-admin'] });
const file = 'email,first_name\nada@example.com,Ada\nbob@example.com,Bob';

/** Makes Postgres refuse rows of this table with an error code, such as the one for a full disk. */
async function refuseRows(table: string, code: string) {
  await owner.query(`
    CREATE OR REPLACE FUNCTION public.refuse_rows() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = '${code}'; END $$`);
  await owner.query(
    `CREATE TRIGGER refuse_rows BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION public.refuse_rows()`,
  );
}

afterEach(async () => {
  await owner.query('DROP FUNCTION IF EXISTS public.refuse_rows CASCADE');
});

/** Stages a file without recording it, like a process that dies. */
async function cutOff(actorId: string) {
  const staged = await stageUpload(await stagerAs(db, actorId), {
    name: 'people.csv',
    stream: (async function* () {
      yield Buffer.from(file);
    })(),
    organizationId: null,
  });
  return staged.id;
}

const sweep = async () => {
  await jobRegistry.get('imports.cut-off')?.handle({});
};

test('an upload whose process died ends after half a minute and says what to do', async () => {
  const { id: actor } = await admin();
  const id = await cutOff(actor);
  const can = await canAs<'users.import'>(db, actor);
  expect(await getImport(can, id)).toMatchObject({ isWhole: false, plan: { state: 'preparing' } });
  expect((await listImports(can, readImportsFilter({}))).rows).toMatchObject([{ isWhole: false }]);
  const form = { ...(await guessedForm(can, id)), columns: ['email' as const] };
  await expect(workAs<'users.import', void>(db, actor, (work) => prepareImport(work, form))).rejects.toMatchObject({
    code: 'plan.state',
  });
  await sweep();
  expect(await stateOf(db, id)).toMatchObject({ state: 'preparing' });
  await db.$executeRaw`UPDATE upload SET heard_at = app_now() - interval '31 seconds'`;
  await sweep();
  const plan = await stateOf(db, id);
  expect(plan).toMatchObject({ state: 'failed' });
  expect(whyFailed(plan.error, false)).toMatchObject({
    title: 'The upload was cut off',
    text: expect.stringMatching(/Upload the file again/),
  });
  expect(await db.uploadRow.count()).toBe(0);
  expect(await db.auditEvent.count({ where: { action: 'import.refused', subjectId: id } })).toBe(1);
});

test('the sweep never ends a complete upload, and an upload it ended cannot be recorded afterwards', async () => {
  const { id: actor } = await admin();
  const whole = await upload(db, actor, file);
  const late = await stageUpload(await stagerAs(db, actor), {
    name: 'late.csv',
    stream: (async function* () {
      yield Buffer.from(file);
    })(),
    organizationId: null,
  });
  await db.$executeRaw`UPDATE upload SET heard_at = app_now() - interval '1 day'`;
  await sweep();
  expect(await stateOf(db, whole.id)).toMatchObject({ state: 'preparing', error: null });
  await expect(workAs<'users.import', string>(db, actor, (work) => recordUpload(work, late))).rejects.toMatchObject({
    field: 'interrupted',
  });
  expect(await workAs(db, actor, endCutOffUploads, { exempt: true })).toBe(0);
});

test('rows that arrive after their upload was ended are deleted, and those of failed imports stay', async () => {
  const { id: actor } = await admin();
  const kept = await upload(db, actor, file);
  await owner.query(`UPDATE plan SET state = 'failed', finished_at = now() WHERE id = '${kept.id}'`);
  const late = await stageUpload(await stagerAs(db, actor), {
    name: 'late.csv',
    stream: (async function* () {
      yield Buffer.from(file);
      // The sweep ends the upload while its rows are not committed yet.
      await db.$executeRaw`UPDATE upload SET heard_at = app_now() - interval '31 seconds' WHERE sha256 IS NULL`;
      await sweep();
    })(),
    organizationId: null,
  });
  expect(await stateOf(db, late.id)).toMatchObject({ state: 'failed' });
  expect(await db.uploadRow.count({ where: { planId: late.id } })).toBe(2);
  await sweep();
  expect(await db.uploadRow.count({ where: { planId: late.id } })).toBe(0);
  expect(await db.uploadRow.count({ where: { planId: kept.id } })).toBe(2);
});

test('an upload that fills the disk says so and leaves nothing', async () => {
  const { id: actor } = await admin();
  await refuseRows('upload_row', '53100');
  await expect(upload(db, actor, file)).rejects.toMatchObject({ code: 'upload.refused', field: 'disk_full' });
  expect(await db.plan.count()).toBe(0);
});

test('an upload that loses its database says so and leaves no rows', async () => {
  const { id: actor } = await admin();
  const superuser = new pg.Client({
    connectionString: inject('database').urls.superuser.replace('{database}', 'postgres'),
  });
  await superuser.connect();
  const can = await stagerAs(db, actor);
  async function* stream() {
    yield Buffer.from('email\n');
    yield Buffer.from('somebody@example.com\n'.repeat(20_000));
    await superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY "upload_row"%' AND state = 'active'`,
    );
    for (let n = 0; n < 50; n += 1) yield Buffer.from('somebody@example.com\n'.repeat(20_000));
  }
  await expect(stageUpload(can, { name: 'people.csv', stream: stream(), organizationId: null })).rejects.toMatchObject({
    code: 'upload.refused',
    field: 'database',
  });
  await superuser.end();
  expect(await db.uploadRow.count()).toBe(0);
});

test('a plan whose job always fails ends after five tries and says what to do', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await refuseRows('plan_row', 'XX000');
  await expect(validate(db, actor, id)).rejects.toThrow();
  for (let n = 2; n <= 4; n += 1) await expect(runJob('imports.validate', id)).rejects.toThrow();
  expect(await stateOf(db, id)).toMatchObject({ state: 'preparing', tries: 4 });
  await runJob('imports.validate', id);
  const plan = await stateOf(db, id);
  expect(plan).toMatchObject({ state: 'failed', error: 'stuck', receipt: null });
  expect(whyFailed(plan.error, false).text).toMatch(/upload the file again/);
  expect(await db.uploadRow.count()).toBe(0);
  expect(await db.auditEvent.count({ where: { action: 'import.failed', subjectId: id } })).toBe(1);
  await runJob('imports.validate', id);
});

test('a plan that keeps killing its workers ends, and a plan that only waits does not', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await validate(db, actor, id);
  await confirm(db, actor, id);
  const sweepLostPlans = async () => {
    await db.$executeRaw`UPDATE plan SET worked_at = app_now() - interval '1 minute'`;
    await jobRegistry.get('plans.resume')?.handle(null);
  };
  for (let n = 0; n <= maxTakeUps; n += 1) await sweepLostPlans();
  expect(await stateOf(db, id)).toMatchObject({ state: 'applying', takeUps: 0 });
  // Like a worker that dies before its first chunk is committed.
  for (let n = 1; n < maxTakeUps; n += 1) await takeUp(writesOn(db), id, 'applying');
  await sweepLostPlans();
  expect(await stateOf(db, id)).toMatchObject({ state: 'applying' });
  await takeUp(writesOn(db), id, 'applying');
  await sweepLostPlans();
  expect(await stateOf(db, id)).toMatchObject({ state: 'failed', error: 'stuck', receipt: { counts: { left: 2 } } });
  await runJob('imports.apply', id);
});

test('an import that fills the disk stops with a receipt, and the same file can be imported later', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, file);
  await validate(db, actor, id);
  await confirm(db, actor, id);
  await refuseRows('user', '53100');
  for (let n = 1; n <= 4; n += 1) await expect(runJob('imports.apply', id)).rejects.toThrow();
  await runJob('imports.apply', id);
  const plan = await stateOf(db, id);
  expect(plan).toMatchObject({ state: 'failed', error: 'disk_full', receipt: { counts: { applied: 0, left: 2 } } });
  expect(whyFailed(plan.error, true).title).toMatch(/database is full/);
  await owner.query(`DROP TRIGGER refuse_rows ON "user"`);
  const again = await upload(db, actor, file);
  await validate(db, actor, again.id);
  await confirm(db, actor, again.id);
  await runJob('imports.apply', again.id);
  expect(await stateOf(db, again.id)).toMatchObject({ state: 'done', tries: 0 });
});
