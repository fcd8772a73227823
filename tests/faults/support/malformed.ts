import { readFileSync } from 'node:fs';
import path from 'node:path';
import { badFiles } from '@tests/lib/csv.malformed.corpus';
import fc from 'fast-check';

export type MalformedFile = { name: string; bytes: Uint8Array };

const fixtures = [
  'google-workspace-export.csv',
  'messy-people.csv',
  'messy-people-bom-semicolon.csv',
  'messy-people-utf16.csv',
  'moodle-example.csv',
  'moodle-upload_users.csv',
  'moodle-upload_users_cohorts.csv',
  'moodle-upload_users_email_matching.csv',
  'moodle-upload_users_profile.csv',
];

const encode = (text: string) => new Uint8Array(Buffer.from(text));
const readFixtures = () =>
  fixtures.map((name) => ({ name, bytes: new Uint8Array(readFileSync(path.resolve('tests/fixtures/csv', name))) }));

/** Every malformed file of the tests, real exports, and files of extreme sizes. */
export function handList(): MalformedFile[] {
  const people = (count: number) => 'ada@example.com,Ada,Lovelace\n'.repeat(count);
  const large: [string, string][] = [
    ['one line of four megabytes', `email,name\na@x.example,${'x'.repeat(4 * 1024 * 1024)}`],
    ['a quoted value of four megabytes', `email,name\na@x.example,"${'x\n'.repeat(2 * 1024 * 1024)}"`],
    ['quotation marks without end', `email,name\n${'"a""b'.repeat(500_000)}`],
    ['a million columns', `email${',x'.repeat(1_000_000)}\n1`],
    ['a row of a million cells', `email,name\n${','.repeat(1_000_000)}\n`],
    ['a million blank lines', `email,name\n${'\n'.repeat(1_100_000)}`],
    ['200,001 rows', `email\n${'a\n'.repeat(200_001)}`],
    ['a cell of 10,001 characters', `email,name\na@x.example,${'x'.repeat(10_001)}\nb@x.example,B`],
    ['a column name of 10,001 characters', `email,${'x'.repeat(10_001)}\na@x.example,b`],
    ['201 columns', `email${Array.from({ length: 200 }, (_, at) => `,c${at}`).join('')}\na@x.example`],
    ['everybody the same', `email,first_name,last_name\n${people(2_000)}`],
    [
      'thousands of groups in a cell',
      `email,groups\na@x.example,${Array.from({ length: 1_500 }, (_, at) => `g${at}`).join(';')}`,
    ],
    [
      'thousands of roles in a cell',
      `email,role\na@x.example,${Array.from({ length: 1_500 }, (_, at) => `r${at}`).join('|')}`,
    ],
    ['half a surrogate', 'email,name\na@x.example,\\ud800\n'],
    ['names of objects', 'email,__proto__,constructor,toString\na@x.example,b,c,d\n__proto__,x,y,z'],
    ['only passwords', 'password,Passwort hash,secret\na,b,c'],
    ['formulas', 'email,first_name\n=cmd|x!A1,@SUM(1)\n+1,-1'],
  ];
  return [
    ...badFiles.map(({ name, file }) => ({ name, bytes: typeof file === 'string' ? encode(file) : file })),
    ...readFixtures(),
    ...large.map(([name, text]) => ({ name, bytes: encode(text) })),
  ];
}

const cells = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'ada@example.com',
      'b@x.example',
      'Ada',
      'Byron',
      'member',
      'staff',
      'admin',
      'Acme Corp',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        '"',
        '""',
        '"open',
        'clo"se',
        '"a"b',
        '"x\ny"',
        "'=1",
        '=1+1',
        '\t',
        'a;b|c',
        '\u0000',
        '\ufeff',
        '\ufffe',
      ],
      ...[
        'é',
        'İ@x.example',
        'a@b@c',
        'zoë@example.com',
        '李雷',
        '😀',
        '\ud83d',
        'e\u0301',
        '\u202eevil',
        'x'.repeat(10_001),
      ],
      ...[
        '+49301234567',
        '12',
        'suspended',
        'maybe',
        'wizard',
        'No Such Org',
        'system-admin',
        'cohort1',
        '\\N',
        '\\',
        '{}',
        "';--",
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const headers = fc.oneof(
  fc.constantFrom(
    'email,first_name,last_name,role,organization',
    'email,groups',
    'Email;Name;Status;Phone',
    'username,password,firstname,lastname,email,cohort1,suspended',
    'E-Mail\tVorname\tNachname',
    'email,row,reason',
    'email,email',
    '"email","name"',
    '',
  ),
  fc.array(cells, { maxLength: 6 }).map((names) => names.join(',')),
);
const separators = fc.constantFrom(',', ',', ',', ';', '\t', '|');
const lineEnds = fc.constantFrom('\n', '\n', '\r\n', '\r', '\n\n', '\r\r\n');
const encodings = fc.constantFrom<(text: string) => Uint8Array>(
  ...[encode, encode, encode, encode],
  (text) => new Uint8Array(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])),
  (text) => new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])),
  (text) => new Uint8Array(Buffer.from(text, 'utf16le')),
  (text) => new Uint8Array(Buffer.from(text, 'latin1')),
);

/** Tables as people make them, with problems in cells, rows, line ends and encodings. */
const tables = fc
  .tuple(
    headers,
    fc.array(fc.array(cells, { minLength: 1, maxLength: 7 }), { maxLength: 25 }),
    separators,
    lineEnds,
    encodings,
  )
  .map(([header, rows, separator, lineEnd, encodeAs]) =>
    encodeAs([header, ...rows.map((row) => row.join(separator))].join(lineEnd)),
  );

/** Known files that are cut, doubled or have changed bytes, as after a disk or program error. */
const damaged = fc
  .tuple(
    fc.constantFrom(...readFixtures(), ...handList().filter(({ bytes }) => bytes.length < 5_000)),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('cut', 'drop', 'double', 'change', 'quote', 'break'), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([{ bytes }, damages]) => damages.reduce((file, [at, how, byte]) => damage(file, at, how, byte), bytes));

function damage(file: Uint8Array, position: number, how: string, byte: number): Uint8Array {
  const at = file.length === 0 ? 0 : position % file.length;
  const [before, after] = [file.subarray(0, at), file.subarray(at)];
  const between: Record<string, Uint8Array[]> = {
    cut: [before],
    drop: [before, after.subarray(byte)],
    double: [before, after.subarray(0, byte), after],
    change: [before, Uint8Array.of(byte), after.subarray(1)],
    quote: [before, Uint8Array.of(0x22), after],
    break: [before, Uint8Array.of(0x0a), after],
  };
  return new Uint8Array(Buffer.concat(between[how] ?? [file]));
}

/** Returns the same files for the same `count`. */
export function generate(count: number): MalformedFile[] {
  const files = fc.oneof(
    { weight: 6, arbitrary: tables },
    { weight: 3, arbitrary: damaged },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  );
  return fc
    .sample(files, { numRuns: count, seed: 13 })
    .map((bytes, at) => ({ name: `generated file ${at + 1}`, bytes }));
}
