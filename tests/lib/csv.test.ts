import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvProblemText, csvRowProblemText } from '@/lib/csv-problems';
import { badFiles } from './csv.malformed.corpus';
import { fieldsOf, read } from './csv.support';

const SIZES = [1, 2, 3, 7, 1000];

describe('a file with something wrong', () => {
  it.each(badFiles)('is refused: $name', async ({ file, reason, row }) => {
    for (const size of [undefined, ...SIZES]) {
      const outcome = await read(file, {}, size);
      expect(outcome.problem).toMatchObject({ reason, row });
      expect(outcome.last?.kind).toBe('problem');
    }
  });

  it('is refused in words that say what to do', async () => {
    expect(badFiles.length).toBeGreaterThan(40);
    for (const { file } of badFiles) {
      const { problem } = await read(file);
      const text = problem === null ? '' : csvProblemText(problem);
      expect(text).toMatch(/\.$/);
      expect(text).not.toMatch(/invalid|please|successfully|undefined|null/i);
    }
    const twice = await read('Email,x,email\na,b,c');
    expect(twice.problem && csvProblemText(twice.problem)).toContain('“email”');
    const latin = await read(Buffer.from('email,name\na,J\xf6rg\n', 'latin1'));
    expect(latin.problem && csvProblemText(latin.problem)).toMatch(/^Row 1: .*UTF-8/);
  });
});

type Reading = [name: string, file: string | Uint8Array, header: string[], rows: string[][]];
const ab = ['a', 'b'];

const readings: Reading[] = [
  ['LF', 'a,b\n1,2\n', ab, [['1', '2']]],
  ['CRLF', 'a,b\r\n1,2\r\n', ab, [['1', '2']]],
  [
    'CR alone',
    'a,b\r1,2\r3,4',
    ab,
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  [
    'mixed line ends',
    'a,b\r\n1,2\n3,4\r5,"6"\r\n"7","8"\n',
    ab,
    [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
      ['7', '8'],
    ],
  ],
  ['no line end at the end', 'a,b\n1,"2"', ab, [['1', '2']]],
  ['line breaks in a value', 'a,b\r\n1,"2\r\n3\r4\n5"\r\n', ab, [['1', '2\n3\n4\n5']]],
  ['delimiters in a value', 'a,b\n"1,;|\t",2\n', ab, [['1,;|\t', '2']]],
  ['doubled quotes', 'a,b\n"1 ""x""",""""\n', ab, [['1 "x"', '"']]],
  ['quotes inside a plain value', 'a,b\n5" disk,x "y" z\n', ab, [['5" disk', 'x "y" z']]],
  [
    'blanks after a closing quote',
    'a,b\n"1" ,"2"  \n"3","4" ',
    ab,
    [
      ['1', '2'],
      ['3', '4'],
    ],
  ],
  ['blanks kept', 'a,b\n 1 ,\t2\n', ab, [[' 1 ', '\t2']]],
  ['short and long rows', 'a,b\n1\n1,2,3\n', ab, [['1'], ['1', '2', '3']]],
  ['one column', 'a\n1\n\n2\n', ['a'], [['1'], ['2']]],
  ['quoted empty values', 'a,b\n"",1\n', ab, [['', '1']]],
  ['semicolons', 'a;b\n1,5;2\n', ab, [['1,5', '2']]],
  ['tabs', 'a\tb\n1;2\t3\n', ab, [['1;2', '3']]],
  ['bars', 'a|b\n1|2\n', ab, [['1', '2']]],
  ['commas in quotes, semicolons outside', '"a,x,y";b\n"1,2,3";4\n', ['a,x,y', 'b'], [['1,2,3', '4']]],
  [
    'commas in one column name',
    'name (last, first, middle);b\nx;y\n',
    ['name (last, first, middle)', 'b'],
    [['x', 'y']],
  ],
  [
    'semicolons in values',
    'a,b\n1,x;y\n2,x;y;z\n',
    ab,
    [
      ['1', 'x;y'],
      ['2', 'x;y;z'],
    ],
  ],
  ['a line naming the delimiter', 'sep=|\r\na|b,c\r\n1|2,3\r\n', ['a', 'b,c'], [['1', '2,3']]],
  ['byte order mark', '\ufeffa,b\n1,2\n', ab, [['1', '2']]],
  ['two byte order marks', '\ufeff\ufeffa,b\n1,2\n', ab, [['1', '2']]],
  ['byte order mark and quotes', '\ufeff"a","b"\n1,2\n', ab, [['1', '2']]],
  ['UTF-16 little endian', Buffer.from('\ufeffa;b\r\né;😀\r\n', 'utf16le'), ab, [['é', '😀']]],
  ['UTF-16 big endian', Buffer.from('\ufeffa;b\r\né;😀\r\n', 'utf16le').swap16(), ab, [['é', '😀']]],
  [
    'scripts',
    'a,b\n李,Ελλάδα\n😀,हिन्दी\n',
    ab,
    [
      ['李', 'Ελλάδα'],
      ['😀', 'हिन्दी'],
    ],
  ],
  ['blank lines before the header', '\n\r\n,,\na,b\n1,2\n', ab, [['1', '2']]],
  ['names trimmed', ' a ,"b\n c"\n1,2\n', ['a', 'b c'], [['1', '2']]],
  ['columns without a name', 'a,b,,\n1,2,,\n', ['a', 'b', '', ''], [['1', '2', '', '']]],
  ['a replacement character of its own', 'a,b\n1,\ufffd\n', ab, [['1', '\ufffd']]],
  ['names of objects', '__proto__,constructor\n1,2\n', ['__proto__', 'constructor'], [['1', '2']]],
  ['a line starting with a sign', '#a,b\n#1,2\n', ['#a', 'b'], [['#1', '2']]],
];

describe('a file', () => {
  it.each(readings)('is read however it is split: %s', async (_name, file, header, rows) => {
    for (const size of [undefined, ...SIZES]) {
      const outcome = await read(file, {}, size);
      expect(outcome.problem).toBeNull();
      expect(outcome.header).toEqual(header);
      expect(fieldsOf(outcome)).toEqual(rows);
      expect(outcome.last).toMatchObject({ kind: 'end', rows: rows.length });
    }
  });

  it('counts rows like a spreadsheet: a blank row has a number, a row with line breaks has one', async () => {
    const outcome = await read('a,b\n1,2\n\n"3\n3",4\n,\n5,6\n');
    expect(outcome.rows.map(({ row }) => row)).toEqual([1, 3, 5]);
  });

  it('keeps a row whose quotes do not match, with its problem, when nothing was swallowed', async () => {
    const outcome = await read('a,b\n1,"Quote "Q" x"\n2,3\n');
    expect(outcome.rows.map(({ problem }) => problem?.reason)).toEqual(['malformed_quotes', undefined]);
    expect(outcome.rows[1]?.fields).toEqual(['2', '3']);
    for (const { problem } of outcome.rows) if (problem !== null) expect(csvRowProblemText(problem)).toContain('twice');
  });

  it('reports its delimiter and encoding', async () => {
    const outcome = await read(Buffer.from('\ufeffa\tb\n1\t2', 'utf16le'));
    expect(outcome.events[0]).toMatchObject({ kind: 'header', delimiter: '\t', encoding: 'utf-16le' });
  });
});

const require = createRequire(import.meta.url);
const spectrum = path.dirname(require.resolve('csv-spectrum/package.json'));

describe('csv-spectrum', () => {
  // The package's expected result for location_coordinates contains a number that is not in the file.
  const files = readdirSync(path.join(spectrum, 'csvs')).filter((file) => file !== 'location_coordinates.csv');

  it.each(files)('%s', async (file) => {
    const outcome = await read(readFileSync(path.join(spectrum, 'csvs', file)), {}, 5);
    const json = readFileSync(path.join(spectrum, 'json', file.replace('.csv', '.json')), 'utf8');
    const expected: Record<string, string>[] = JSON.parse(json);
    const found = outcome.rows.map((row) =>
      Object.fromEntries((outcome.header ?? []).map((name, index) => [name, row.fields[index]])),
    );
    const withLineFeeds = JSON.parse(JSON.stringify(expected).replaceAll('\\r\\n', '\\n'));
    expect(found).toEqual(withLineFeeds);
  });
});
