import { testDatabase } from '@tests/support/database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvBom, csvCell, csvLine } from '@/lib/csv';
import { newId } from '@/lib/ids';
import { exportLimits } from '@/lib/limits';
import { type EncodedColumn, makeRowEncoder } from '@/server/db/copy-encoders';
import { openCopyOut } from '@/server/db/copy-out';
import { type ScopedSql, type Sql, sql } from '@/server/db/sql';

const { db, owner } = await testDatabase();

const specials = [
  '',
  ',',
  ';',
  '|',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '"',
  "'",
  ' ',
  '\\',
  '\\N',
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  '\u00a0',
  '\u1680',
  '\u2003',
  '\u2028',
  '\u3000',
  '\ufeff',
  '\b',
  '\v',
  '\f',
  '\u0001',
  '\u007f',
  'x',
  'é',
  '李',
  'Ж',
  '😀',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...specials), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }).map((value) => value.toWellFormed().replaceAll('\0', '')),
  fc.emailAddress(),
);

const whole = (statement: Sql) => statement as ScopedSql;

/** All output of a statement, through a real COPY, in the pieces in which the socket delivered it. */
async function fileOf(statement: Sql, columns: EncodedColumn[], format: 'csv-excel' | 'csv' | 'jsonl') {
  const out = await openCopyOut(newId());
  if (!out) throw new Error('There was no place.');
  const encoder = makeRowEncoder(columns, format);
  const pieces = [encoder.head()];
  for await (const piece of out.rows([whole(statement)])) {
    // Cut into tiny pieces, so that rows and letters cross their borders.
    for (let at = 0; at < piece.length; at += 7) pieces.push(Buffer.from(encoder.push(piece.subarray(at, at + 7))));
  }
  encoder.end();
  await out.release();
  const file = Buffer.concat(pieces);
  expect(encoder.made().bytes).toBe(file.length);
  return { file: file.toString('utf8'), rows: encoder.made().rows };
}

const three: EncodedColumn[] = ['a', 'b', 'c'].map((key) => ({ key, kind: 'text' }));

test('a CSV file is exactly what lib/csv writes for the same values, formulas guarded', async () => {
  const value = fc.option(text, { nil: null });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 20 }), async (rows) => {
      const given = JSON.stringify(rows.map(([a, b, c], n) => ({ n, a, b, c })));
      const made = await fileOf(
        sql`SELECT a, b, c FROM json_to_recordset(${given}::json) AS x(n int, a text, b text, c text) ORDER BY n`,
        three,
        'csv-excel',
      );
      expect(made.file).toBe(csvBom + csvLine(['a', 'b', 'c']) + rows.map(csvLine).join(''));
      expect(made.rows).toBe(rows.length);
    }),
    { numRuns: 60 },
  );
});

test('a single empty column is not an empty line', async () => {
  const made = await fileOf(sql`SELECT x FROM unnest(${['', 'x']}::text[]) AS x`, [{ key: 'a', kind: 'text' }], 'csv');
  expect(made.file).toBe('a\r\n""\r\nx\r\n');
});

test('JSON lines have the same values, unguarded, and lists as lists', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.option(text, { nil: null }), fc.array(text)), { minLength: 1, maxLength: 15 }),
      async (rows) => {
        const given = JSON.stringify(rows.map(([a, list], n) => ({ n, a, list })));
        const { file } = await fileOf(
          sql`SELECT a, list FROM json_to_recordset(${given}::json) AS x(n int, a text, list json) ORDER BY n`,
          [
            { key: 'a', kind: 'text' },
            { key: 'the "list"', kind: 'json' },
          ],
          'jsonl',
        );
        const read = file
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(read).toEqual(rows.map(([a, list]) => ({ a, 'the "list"': list })));
      },
    ),
    { numRuns: 40 },
  );
});

test('times are written in UTC with milliseconds, as lib/csv writes them', async () => {
  const times = [
    new Date('2026-11-20T10:00:00Z'),
    new Date('1999-12-31T23:59:59.120Z'),
    new Date('2026-01-01T00:00:00.007Z'),
  ];
  const statement = sql`
    SELECT t::timestamptz(3), NULL::timestamptz FROM unnest(${times.map((time) => time.toISOString())}::text[]) WITH ORDINALITY x(t, n) ORDER BY n`;
  const columns: EncodedColumn[] = [
    { key: 'at', kind: 'time' },
    { key: 'none', kind: 'time' },
  ];
  expect((await fileOf(statement, columns, 'csv')).file).toBe(
    `at,none\r\n${times.map((time) => `${csvCell(time)},\r\n`).join('')}`,
  );
  const json = times.map((time) => `${JSON.stringify({ at: time.toISOString(), none: null })}\n`).join('');
  expect((await fileOf(statement, columns, 'jsonl')).file).toBe(json);
});

test('values never become SQL, whatever they contain', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1 }), fc.integer(), async (texts, number) => {
      const { file } = await fileOf(
        sql`SELECT to_json(${texts}::text[]), to_json(${texts[0]}::text), 0 - ${number}::bigint, ${true}, ${null}::text, ${new Date(0)}::timestamptz`,
        ['json', 'json', 'number', 'text', 'text', 'time'].map((kind, n) => ({ key: `k${n}`, kind }) as EncodedColumn),
        'jsonl',
      );
      expect(JSON.parse(file)).toEqual({
        k0: texts,
        k1: texts[0],
        k2: 0 - number,
        k3: 't',
        k4: null,
        k5: new Date(0).toISOString(),
      });
    }),
    { numRuns: 60 },
  );
});

test('a person has two seats, everybody together six, and a released seat is free again', async () => {
  const [mine, other] = [newId(), newId()];
  const seats = [await openCopyOut(mine), await openCopyOut(mine)];
  expect(await openCopyOut(mine)).toBeNull();
  await seats[0]?.release();
  seats[0] = await openCopyOut(mine);
  expect(seats[0]).not.toBeNull();
  for (let more = 2; more < exportLimits.atOnce; more += 1) seats.push(await openCopyOut(newId()));
  expect(seats).not.toContain(null);
  expect(await openCopyOut(other)).toBeNull();
  await Promise.all(seats.map((out) => out?.release()));
  const free = await openCopyOut(other);
  expect(free).not.toBeNull();
  await free?.release();
});

test('release cancels a statement that has not returned a row yet', async () => {
  const out = await openCopyOut(newId());
  const end = out
    ?.rows([whole(sql`SELECT pg_sleep(60)`)])
    .next()
    .catch((error: Error) => error);
  const sleeping = () =>
    db.$queryRaw`SELECT pid FROM pg_stat_activity WHERE query = 'COPY (SELECT pg_sleep(60)) TO STDOUT' AND state = 'active'`;
  await expect.poll(sleeping).toHaveLength(1);
  await out?.release();
  expect(await end).toBeInstanceOf(Error);
  await expect.poll(sleeping).toHaveLength(0);
});

test('all statements of one file share one snapshot', async () => {
  await owner.query(`CREATE TABLE moment AS SELECT 1 AS n; GRANT SELECT ON moment TO PUBLIC`);
  const out = await openCopyOut(newId());
  await owner.query('INSERT INTO moment VALUES (2)');
  let seen = '';
  for await (const piece of out?.rows([sql`SELECT count(*) FROM moment`, sql`SELECT sum(n) FROM moment`].map(whole)) ??
    [])
    seen += piece;
  await out?.release();
  await owner.query('DROP TABLE moment');
  expect(seen).toBe('1\n1\n');
});
