import { processorClock } from '@tests/support/processor';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type CsvValue, csvBom, csvCell, csvLine, unguardCell } from '@/lib/csv';
import { fieldsOf, read } from './csv.support';

describe('a value in an export', () => {
  it.each<[CsvValue, string]>([
    ['plain', 'plain'],
    ['', ''],
    [null, ''],
    [undefined, ''],
    [-5, '-5'],
    [true, 'true'],
    [new Date('2026-11-20T10:00:00Z'), '2026-11-20T10:00:00.000Z'],
    [new Date('x'), ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    [' x ', '" x "'],
    ['a;b', '"a;b"'],
    ['two\r\nlines', '"two\nlines"'],
    ['a-b', 'a-b'],
    ["O'Brien", "O'Brien"],
    ['1 = 1', '1 = 1'],
  ])('%j is written as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30 1234567', "'+49 30 1234567"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\u00a0=1', "'\u00a0=1"],
    ['\tx', `"'\tx"`],
    ['\nx', `"'\nx"`],
    ['\rx', `"'\nx"`],
    ['\0x', "'\0x"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠1', "'＠1"],
    ["'=1", "''=1"],
    ["' =1", "'' =1"],
    ['x;=1', `"x;'=1"`],
    ['x,=1', `"x,'=1"`],
    ['x|=1', `"x|'=1"`],
    ['x\n=1', `"x\n'=1"`],
    ['x"=1', `"x""'=1"`],
    ['=HYPERLINK("http://evil.example","x")', `"'=HYPERLINK(""http://evil.example"",""x"")"`],
  ])('%j is made harmless', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
    expect(
      unguardCell(
        csvCell(value)
          .replace(/^"([\s\S]*)"$/, '$1')
          .replaceAll('""', '"'),
      ),
    ).toBe(value.replace('\r', '\n'));
  });

  it('keeps what people type in front of an apostrophe', () => {
    for (const value of ["'t Hooft", "O'-Brien", "rock 'n' roll", "'"]) expect(unguardCell(value)).toBe(value);
  });

  const separators = fc.constantFrom(
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
    '=',
    '+',
    '-',
    '@',
    '＝',
    '\u00a0',
    'x',
  );
  const text = fc.oneof(
    fc.array(separators, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme' }).map((value) => value.toWellFormed().replaceAll('\0', '')),
  );

  it('comes back from an import as it was, with LF for line breaks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), async (rows) => {
        const file = [csvLine(['id', 'a', 'b', 'c']), ...rows.map((row, index) => csvLine([`id${index}`, ...row]))];
        const outcome = await read(csvBom + file.join(''), {}, 3);
        expect(outcome.problem).toBeNull();
        expect(fieldsOf(outcome)).toEqual(
          rows.map((row, index) => [`id${index}`, ...row.map((value) => value.replace(/\r\n?/g, '\n'))]),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('is not a formula in any program, whatever delimiter it splits at', () => {
    fc.assert(
      fc.property(text, text, (first, second) => {
        const line = csvLine([first, second]);
        for (const delimiter of [',', ';', '\t', '|']) {
          const cells = Papa.parse<string[]>(line, { delimiter, newline: '\n' }).data.flat();
          const naive = line.split(/[,;|\t\r\n]/);
          for (const cell of [...cells, ...naive]) expect(cell.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@＝＋－＠]/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('is written quickly, however hostile', () => {
    const spentMs = processorClock();
    for (const part of ["'", ' ', ',', ', ', '\n', ' \n', '"', ",'", '=', '\u00a0', '\t ']) {
      const value = part.repeat(100_000);
      expect(unguardCell(csvCell(value)).length).toBeGreaterThan(0);
    }
    expect(spentMs()).toBeLessThan(500);
  });

  it('makes a line of its own even when it is the only one and empty', () => {
    expect(csvLine([''])).toBe('""\r\n');
    expect(csvLine(['a', null, 3])).toBe('a,,3\r\n');
  });
});
