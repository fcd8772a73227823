import { setTimeout as sleep } from 'node:timers/promises';
import { processorClock } from '@tests/support/processor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvEvent, csvLine, readCsv } from '@/lib/csv';
import { csvRowProblemText } from '@/lib/csv-problems';
import { csvLimits } from '@/lib/limits';
import { chunks, fieldsOf, read, readAll } from './csv.support';

const MB = 1024 * 1024;
const encode = (text: string) => new TextEncoder().encode(text);

/** Repeats `block` and counts what was read. */
function endless(start: string, block: string, most = 1000 * MB) {
  const taken = { bytes: 0, closed: false };
  async function* source() {
    try {
      yield encode(start);
      const part = encode(block);
      while (taken.bytes < most) {
        taken.bytes += part.length;
        yield part;
      }
    } finally {
      taken.closed = true;
    }
  }
  return { source: source(), taken };
}

describe('limits of a file', () => {
  it.each([
    ['an endless line', 'email,name\na,b\n', 'x'.repeat(64 * 1024), 2],
    ['an endless quoted value', 'email,name\na,b\nc,"', 'x\n'.repeat(32 * 1024), 2],
    ['a million columns', 'email,name\na,b\n', ','.repeat(64 * 1024), 2],
    ['an endless header', '', 'x,'.repeat(32 * 1024), 0],
    ['endless broken quotes', 'email,name\n"a', '"x'.repeat(32 * 1024), 1],
    ['endless broken quotes with blanks', 'email,name\n"a', '" " '.repeat(16 * 1024), 1],
    ['endless doubled quotes', 'email,name\n"a', '""'.repeat(32 * 1024), 1],
  ])('stop %s after a few megabytes', async (_name, start, block, row) => {
    const { source, taken } = endless(start, block);
    const spentMs = processorClock();
    const outcome = await readAll(source);
    expect(outcome.problem).toMatchObject({ reason: 'record_too_long', row });
    expect(taken.bytes).toBeLessThan(3 * MB);
    expect(taken.closed).toBe(true);
    expect(spentMs()).toBeLessThan(2000);
  });

  it('treat a line around the limit the same, however it is split', async () => {
    for (const columns of [500_000, 700_000, 1_000_000]) {
      const file = encode(`email${',x'.repeat(columns)}\n1\n`);
      for (const size of [64 * 1024, 65_537, 10_000_000]) {
        const { problem } = await readAll(chunks(file, size));
        expect(problem).toMatchObject({ reason: columns > 524_285 ? 'record_too_long' : 'too_many_columns', row: 0 });
      }
    }
  });

  it('accept exactly the maximum and refuse one more', async () => {
    const rows = (count: number) => `a,b\n${'1,2\n'.repeat(count)}`;
    expect((await read(rows(5), { maxRows: 5 })).problem).toBeNull();
    expect((await read(rows(6), { maxRows: 5 })).problem).toMatchObject({
      reason: 'too_many_rows',
      row: 6,
      detail: '5',
    });
    expect((await read(`${rows(5)}\n\n`, { maxRows: 5 })).problem).toBeNull();
    expect((await read(`a\n${'\n'.repeat(7)}1`, { maxRowNumber: 7 })).problem).toMatchObject({
      reason: 'too_many_rows',
    });
    expect((await read('a,b\n1,2\n', { maxBytes: 8 })).problem).toBeNull();
    expect((await read('a,b\n1,2\n', { maxBytes: 7 })).problem).toMatchObject({ reason: 'too_large', row: null });
    expect((await read('a,b\n1,2\n', { maxColumns: 1 })).problem).toMatchObject({ reason: 'too_many_columns', row: 0 });
    expect((await read('abc\n1\n', { maxFieldChars: 2 })).problem).toMatchObject({ reason: 'field_too_long', row: 0 });
    expect((await read('a,b\n1,2\n123,4567\n', { maxRecordChars: 8 })).problem).toMatchObject({ row: 2 });
  });

  it('mark one row that is too long or too wide, cut it, and go on', async () => {
    const long = await read('a,b\n1,xxxx\n2,xxx\n', { maxFieldChars: 3 });
    expect(long.rows.map(({ problem }) => problem)).toEqual([{ reason: 'field_too_long', column: 1 }, null]);
    expect(fieldsOf(long)).toEqual([
      ['1', 'xxx'],
      ['2', 'xxx'],
    ]);
    const wide = await read('a,b\n1,2,3\n1,2\n', { maxColumns: 2 });
    expect(wide.rows.map(({ problem }) => problem?.reason)).toEqual(['too_many_columns', undefined]);
    expect(wide.rows[0]?.fields).toEqual(['1', '2']);
    for (const { problem } of [...long.rows, ...wide.rows])
      if (problem) expect(csvRowProblemText(problem)).toMatch(/\.$/);
  });

  it('make a hundred megabytes of line ends fail fast', async () => {
    const spentMs = processorClock();
    const outcome = await readAll(endless('a,b\n', '\n'.repeat(64 * 1024)).source);
    expect(outcome.problem).toMatchObject({ reason: 'too_many_rows', row: csvLimits.maxRowNumber + 1 });
    expect(spentMs()).toBeLessThan(4000);
  });
});

describe('a large file', () => {
  const line = csvLine(['somebody@example.com', 'Some "Body"', 'Müller, Jr.', 'member;author', 'Acme Corp']);

  it('of 100,000 rows takes seconds and little memory', async () => {
    async function* source() {
      yield encode('email,first_name,last_name,role,organization\r\n');
      const part = encode(line.repeat(1000));
      for (let count = 0; count < 100; count += 1) yield part;
    }
    const spentMs = processorClock();
    let rows = 0;
    let peak = 0;
    for await (const event of readCsv(source())) {
      if (event.kind === 'row') rows += 1;
      if (rows % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(rows).toBe(100_000);
    expect(spentMs()).toBeLessThan(5000);
    expect(peak).toBeLessThan(1000 * MB);
  });

  it('is read no faster than its rows are taken, and closed when the reader stops', async () => {
    const { source, taken } = endless('a,b\n', '1,2\n'.repeat(16 * 1024));
    for await (const event of readCsv(source)) {
      if (event.kind === 'row' && event.row === 10) break;
      await sleep(1);
    }
    expect(taken.bytes).toBeLessThan(MB);
    expect(taken.closed).toBe(true);
  });

  it('that arrives byte by byte is not slower', async () => {
    const file = encode(`a,b\n"${'x\n'.repeat(200_000)}",1\n`);
    const spentMs = processorClock();
    const outcome = await readAll(chunks(file, 3), { maxFieldChars: MB });
    expect(outcome.rows.length).toBe(1);
    expect(spentMs()).toBeLessThan(2000);
  });

  it('whose upload breaks off passes the error on', async () => {
    async function* source() {
      yield encode('a,b\n1,2\n');
      throw new Error('aborted');
    }
    await expect(readAll(source())).rejects.toThrow('aborted');
  });
});

describe('a row on the edge of two blocks', () => {
  const block = 64 * 1024;
  const tails: Array<string | Uint8Array> = [
    '"1 ""x""","2"\r\n\r\n 3 ,"4\r\n5"\r6,é😀\n"7" ,"8" ',
    'é,"😀"\n"",""""\n,\n"\'\'=1",\'+1\n',
    '1,"Q "Q" x"\n2,"open',
    '1,"Q "Q"",x\n2,"x"\n',
    Buffer.from('1,é\n2,\xe9\n3,4\n', 'latin1'),
    Buffer.concat([Buffer.from('1,😀\n2,'), Buffer.from([0xf0, 0x9f])]),
    '1,2\n\n3,\0\n',
  ];

  it.each(tails)('is read like any other: %j', async (tail) => {
    const bytes = typeof tail === 'string' ? encode(tail) : tail;
    const file = (filler: number) => Buffer.concat([encode(`a,b\nf,${'x'.repeat(filler)}\n`), bytes]);
    const limits = { maxFieldChars: MB };
    const { events } = await read(file(1), limits);
    const tailOf = (all: CsvEvent[]) =>
      all.slice(2).map((event) => (event.kind === 'end' ? { ...event, bytes: 0 } : event));
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const found = await read(file(block - 'a,b\nf,\n'.length - cut), limits);
      expect(tailOf(found.events)).toEqual(tailOf(events));
    }
  });
});

describe('any bytes at all', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[',', ';', '\t', '|', '"', '""', '\n', '\r', '\r\n', ' ', '\0', '\ufeff', 'sep=;', "'", '=1', 'é', '😀', 'x'],
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => encode(pieces.join('')));
  const marked = fc.tuple(
    fc.constantFrom([], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]),
    fc.uint8Array({ maxLength: 80 }),
  );
  const files = fc.oneof(
    texts,
    fc.uint8Array({ maxLength: 200 }),
    marked.map(([mark, rest]) => Uint8Array.of(...mark, ...rest)),
  );

  it('give rows or a problem, the same however they are split', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 9 }), async (file, size) => {
        const whole = await read(file);
        expect(whole.last?.kind).toBe(whole.problem === null ? 'end' : 'problem');
        expect((await read(file, {}, size)).events).toEqual(whole.events);
        const numbers = whole.rows.map(({ row }) => row);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      }),
      { numRuns: 1500 },
    );
  });
});
