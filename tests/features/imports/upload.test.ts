import { Readable } from 'node:stream';
import { testDatabase } from '@tests/support/database';
import { canAs, makeMember, makeOrganization, makeUser, workAs } from '@tests/support/factories';
import { describe, expect, test } from 'vitest';
import { getImport } from '@/features/imports/details.queries';
import { failedRowsFile } from '@/features/imports/failed-rows.queries';
import { listImports } from '@/features/imports/list.queries';
import { readImportsFilter } from '@/features/imports/list.schema';
import { reviewRows } from '@/features/imports/review.queries';
import { recordUpload } from '@/features/imports/staging.service';
import { cancelImport } from '@/features/imports/steps.service';
import { receiveUpload } from '@/features/imports/upload.service';
import { listPlanRows } from '@/features/plans/rows.queries';
import type { Place } from '@/lib/page-cut';
import { fixture, importFile, runJob, stagerAs, stateOf, upload, validate, verdicts } from './import.support';

const { db } = await testDatabase();

function form(file: Blob | null, name = 'people.csv'): Request {
  const body = new FormData();
  if (file) body.set('file', file, name);
  else body.set('other', 'x');
  return new Request('http://127.0.0.1:3000/api/imports', { method: 'POST', body });
}

async function receive(actorId: string, request: Request) {
  const staged = await receiveUpload(await stagerAs(db, actorId), request);
  await workAs<'users.import', string>(db, actorId, (work) => recordUpload(work, staged));
  return staged;
}

const admin = () => makeUser(db, { roles: ['system-admin'] });

test('an uploaded file is staged row by row and its columns are guessed', async () => {
  const { id } = await admin();
  const staged = await receive(id, form(new Blob([await fixture('messy-people.csv')]), 'C:\\Users\\ada\\messy.csv'));
  expect(staged).toMatchObject({ rows: 17, problem: null, fileName: 'messy.csv' });
  expect(await db.uploadRow.count()).toBe(17);
  const found = await getImport(await canAs<'users.import'>(db, id), staged.id);
  expect(found.columns.map((column) => column.field)).toEqual([
    'email',
    'firstName',
    'lastName',
    'roles',
    'organization',
  ]);
});

describe('an unreadable file is refused completely, with row and reason', () => {
  test.each([
    ['an open quotation mark', 'email,name\na@example.com,"Ada\nb@example.com,Bob', /^Row 1: A quotation mark opens/],
    ['a file without rows', 'email,name\n', /column names and no rows/],
    ['an empty file', '', /empty/],
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /not a CSV file/],
    [
      'letters of another encoding',
      Buffer.from([...Buffer.from('email,name\na@example.com,J'), 0xf6, 0x72, 0x67]),
      /not in UTF-8/,
    ],
    ['a NUL', 'email,name\na@example.com,A\0da', /NUL/],
    ['one column twice', 'email,Email\na@example.com,b', /occurs twice/],
  ])('%s', async (_what, bytes, sentence) => {
    const { id } = await admin();
    const staged = await receive(id, form(new Blob([bytes])));
    expect(staged.problem).toMatch(sentence);
    expect(await stateOf(db, staged.id)).toMatchObject({ state: 'failed', error: staged.problem });
    expect(await db.uploadRow.count()).toBe(0);
    expect(await db.auditEvent.count({ where: { action: 'import.refused' } })).toBe(1);
  });
});

describe('a post without a complete file leaves nothing behind', () => {
  test.each([
    ['no file', () => form(null)],
    ['an empty file field', () => form(new Blob([]), '')],
    [
      'another kind of body',
      () => new Request('http://x/', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    ],
    [
      'a boundary that is missing',
      () =>
        new Request('http://x/', { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data; x' } }),
    ],
  ])('%s', async (_what, request) => {
    const { id } = await admin();
    await expect(receive(id, request())).rejects.toMatchObject({ code: 'upload.refused', field: 'missing' });
    expect(await db.plan.count()).toBe(0);
  });

  test('a body that breaks off', async () => {
    const { id } = await admin();
    const whole = new Uint8Array(await form(new Blob(['email\na@example.com'.repeat(50)])).arrayBuffer());
    const headers = {
      'content-type': `multipart/form-data; boundary=${Buffer.from(whole).toString().slice(2, 40).split('\r')[0]}`,
    };
    const cut = new Request('http://x/', { method: 'POST', body: whole.slice(0, 300), headers });
    await expect(receive(id, cut)).rejects.toMatchObject({ code: 'upload.refused' });
    expect(await db.plan.count()).toBe(0);
    expect(await db.uploadRow.count()).toBe(0);
  });
});

test('a file refused because of its header leaves nothing behind when the body breaks off later', async () => {
  const { id } = await admin();
  const boundary = 'x'.repeat(20);
  async function* parts() {
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`);
    yield Buffer.from('email,email\na@example.com,b\n');
    for (let n = 0; n < 40; n += 1) yield Buffer.from('a@example.com,b\n'.repeat(10_000));
    throw new Error('gone');
  }
  const body = Readable.toWeb(Readable.from(parts())) as ReadableStream<Uint8Array>;
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const request = new Request('http://x/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  await expect(receive(id, request)).rejects.toMatchObject({ code: 'upload.refused', field: 'interrupted' });
  expect(await db.plan.count()).toBe(0);
});

test('the list of imports can be paged both ways and filtered by file and state', async () => {
  let actor = '';
  for (let n = 0; n < 53; n += 1) {
    // One person cannot upload this many within an hour.
    if (n % 15 === 0) actor = (await admin()).id;
    await upload(db, actor, 'email\nsomebody@example.com', `file-${n % 2 ? 'é' : 'x'}-${n}.csv`);
  }
  const can = await canAs<'users.import'>(db, actor);
  const list = (params: Record<string, string>) => listImports(can, readImportsFilter(params));
  const first = await list({});
  const second = await list({ after: first.next?.id ?? '' });
  const third = await list({ after: second.next?.id ?? '' });
  const ids = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(53);
  expect([first.previous, third.next]).toEqual([null, null]);
  expect((await list({ before: third.previous?.id ?? '' })).rows).toEqual(second.rows);
  expect((await list({ before: second.previous?.id ?? '' })).previous).toBeNull();
  expect((await list({ q: 'FILE-E-1.' })).rows).toMatchObject([{ fileName: 'file-é-1.csv' }]);
  expect((await list({ q: '%' })).rows).toEqual([]);
  expect((await list({ state: 'done' })).rows).toEqual([]);
  expect((await list({ state: 'anything', after: 'x' })).rows).toHaveLength(25);
});

test('failed rows can be corrected and uploaded again', async () => {
  const { id: actor } = await admin();
  await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' });
  const id = await importFile(db, actor, await fixture('messy-people.csv'));
  const { fileName, lines } = await failedRowsFile(await canAs<'users.import'>(db, actor), id);
  expect(fileName).toBe('people-failed-rows.csv');
  let file = '';
  for await (const line of lines) file += line;
  expect(file.split('\r\n')).toHaveLength(12);
  expect(file).toContain('short@example.com,Short,,,,14,');
  const corrected = file
    .replace('wizard', 'author')
    .replace('No Such Org', 'acme')
    .replace('not-an-email', 'nobody@example.com');
  const again = await upload(db, actor, corrected, fileName);
  await validate(db, actor, again.id);
  expect((await stateOf(db, again.id)).counts).toMatchObject({ create: 3 });
});

async function failedRows(actor: string, id: string): Promise<string> {
  const { lines } = await failedRowsFile(await canAs<'users.import'>(db, actor), id);
  let file = '';
  for await (const line of lines) file += line;
  return file;
}

test('malformed rows stay refused until somebody corrects them, however often they are uploaded again', async () => {
  const { id: actor } = await admin();
  const first = await upload(
    db,
    actor,
    `email,first_name,last_name\nshort@example.com,Short\nlong@example.com,Lo,ng,er\nwhole@example.com,A,B\nquote@example.com,"A"x",B`,
  );
  await validate(db, actor, first.id);
  const refused = Object.entries(await verdicts(db, first.id)).filter(([, verdict]) => verdict.startsWith('error'));
  expect(refused.map(([n]) => n)).toEqual(['1', '2', '4']);
  let file = await failedRows(actor, first.id);
  expect(file).toContain('long@example.com,Lo,ng,2,"4 fields');
  for (let round = 0; round < 2; round += 1) {
    // As a spreadsheet saves it: every line as long as the longest.
    const padded = file.replaceAll('\r\n', ',\r\n').replace(',er,\r\n', ',er\r\n');
    for (const again of [file, padded]) {
      const { id } = await upload(db, actor, again);
      await validate(db, actor, id);
      expect(Object.values(await verdicts(db, id))).toEqual(Array(3).fill(expect.stringMatching(/^error: /)));
      if (again === file) file = await failedRows(actor, id);
    }
  }
  const corrected = file
    .split('\r\n')
    .map((line) => (line.startsWith('short@') ? 'short@example.com,Short,Person,1,' : line))
    .join('\r\n');
  const { id } = await upload(db, actor, corrected);
  await validate(db, actor, id);
  expect((await stateOf(db, id)).counts).toEqual({ create: 1, error: 2 });
});

test('an import is not found by an org admin of another organization', async () => {
  const acme = await makeOrganization(db);
  const own = await makeMember(db, { organizationId: acme.id, roles: ['org-admin'] });
  const stranger = await makeMember(db, { roles: ['org-admin'] });
  const { id } = await upload(db, own.id, 'email\nada@example.com');
  const strange = await canAs<'users.import'>(db, stranger.id);
  await expect(getImport(strange, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    workAs<'users.import', unknown>(db, stranger.id, (work) => cancelImport(work, id)),
  ).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await listImports(strange, readImportsFilter({}))).rows).toEqual([]);
  expect((await listImports(await canAs<'users.import'>(db, own.id), readImportsFilter({}))).rows).toHaveLength(1);
});

test('an import cancelled before it is confirmed changes nobody, and its file is deleted', async () => {
  const { id: actor } = await admin();
  const { id } = await upload(db, actor, 'email\nada@example.com');
  await validate(db, actor, id);
  await workAs<'users.import', unknown>(db, actor, (work) => cancelImport(work, id));
  await runJob('imports.apply', id);
  expect(await stateOf(db, id)).toMatchObject({ state: 'cancelled', receipt: null });
  expect(await db.uploadRow.count()).toBe(0);
  expect(await db.user.count({ where: { email: 'ada@example.com' } })).toBe(0);
});

test('a review shows rows with the names of everything they grant', async () => {
  const { id: actor } = await admin();
  await makeOrganization(db, { name: 'Acme Corp', slug: 'acme' });
  const { id } = await upload(db, actor, await fixture('messy-people.csv'));
  await validate(db, actor, id);
  const can = await canAs<'users.import'>(db, actor);
  const { plan } = await getImport(can, id);
  const page = await reviewRows(can, plan, { verdict: 'create' });
  expect(page.rows).toHaveLength(7);
  expect([...page.names.values()].sort()).toEqual(['Acme Corp', 'Member', 'Org Admin']);

  const all = page.rows.map(({ n }) => n);
  const numbersOf = async (place: Place<number>) => {
    const { rows, previous, next } = await listPlanRows(can, plan, { verdict: 'create', ...place }, 3);
    return { shown: rows.map(({ n }) => n), back: previous?.n, on: next?.n };
  };
  expect(await numbersOf({})).toEqual({ shown: all.slice(0, 3), back: undefined, on: all[2] });
  expect(await numbersOf({ after: all[2] })).toEqual({ shown: all.slice(3, 6), back: all[3], on: all[5] });
  expect(await numbersOf({ after: all[5] })).toEqual({ shown: all.slice(6), back: all[6], on: undefined });
  expect(await numbersOf({ before: all[6] })).toEqual({ shown: all.slice(3, 6), back: all[3], on: all[5] });
  expect(await numbersOf({ before: all[3] })).toEqual({ shown: all.slice(0, 3), back: undefined, on: all[2] });
});
