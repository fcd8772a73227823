import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SourceFile, sourceFiles, withoutComments } from './files';

const product = sourceFiles('src');
const everything = existsSync('e2e') ? [...product, ...sourceFiles('tests', 'e2e', 'scripts')] : product;

test('there are files to check', () => {
  expect(product.length).toBeGreaterThan(100);
});

test('no file is longer than 250 lines', () => {
  expect(everything.filter((file) => file.lines > 250).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
});

test('files and folders are in kebab-case', () => {
  // Next has its own names: (group), (.)intercepted, @slot, [param], [...rest]. A dot precedes a file's kind: `.test`.
  const part =
    /^(\(\.\)[a-z]+|@[a-z]+|\(?[a-z0-9]+(-[a-z0-9]+)*\)?|\[(\.\.\.)?[a-zA-Z]+\]|[a-z0-9]+([-.][a-z0-9]+)*\.(ts|tsx|mjs))$/;
  const odd = everything.filter((file) => file.path.split('/').some((name) => !part.test(name)));
  expect(odd.map((file) => file.path)).toEqual([]);
});

/** Banned code, and the few files that need it: in instrumentation, Next replaces one variable. */
const bans: { what: string; pattern: RegExp; except?: RegExp; instead: string }[] = [
  {
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    except: /^src\/(server\/env|instrumentation)\.ts$/,
    instead: 'env()',
  },
  { what: 'unsafe SQL', pattern: /\$(query|execute)RawUnsafe|Prisma\.raw\b/, instead: 'the sql template' },
  { what: 'HTML from strings', pattern: /dangerouslySetInnerHTML|\.innerHTML\b|\bouterHTML\b/, instead: 'elements' },
  { what: 'Math.random', pattern: /\bMath\.random\b/, instead: 'node:crypto' },
  { what: 'code from strings', pattern: /\beval\(|new Function\(/, instead: 'code' },
  {
    what: 'patterns from strings',
    pattern: /new RegExp\((?!['"/])/,
    // It builds a character class from the keys of its own table.
    except: /^src\/lib\/text\.ts$/,
    instead: 'a literal, or string methods',
  },
  {
    what: 'cached answers',
    pattern: /['"]use cache['"]|unstable_cache|\brevalidate = \d/,
    instead: 'a query per request',
  },
  { what: 'loose types', pattern: /:\s*any\b|\bas any\b|@ts-ignore|@ts-nocheck/, instead: 'a type, or unknown' },
  { what: 'server-only', pattern: /from ['"]server-only['"]|import ['"]server-only['"]/, instead: 'a boundary rule' },
  {
    what: 'limit with locks inside IN',
    pattern: /\bIN \(\s*SELECT[^`]*LIMIT[^`]*FOR UPDATE/,
    instead: 'WITH … AS MATERIALIZED, which is evaluated once',
  },
  {
    what: 'other names of our actions',
    // The words of a file's own status and of search stay as others say them.
    pattern:
      /\b(Invite (a )?(person|people|somebody)|Add (a )?person|Import people|Suspend\b|Send (it|the link) again\b|Bulk change)/,
    instead: 'the label: Add user, Import users, Deactivate, Resend, Bulk actions',
  },
  {
    what: 'empty words',
    pattern: /(['"`>\s])(please|successfully)\b(?!['"]?:)/i,
    instead: 'what happened, or what to do',
  },
  { what: 'shells', pattern: /\bexecSync\(|\bexec\(['"`]/, instead: 'execFile with arguments' },
];

test.each(bans)('no $what, use $instead', ({ pattern, except }) => {
  const found = product.filter((file) => !except?.test(file.path) && pattern.test(withoutComments(file.text)));
  expect(found.map((file) => file.path)).toEqual([]);
});

test('each ban recognises what it bans', () => {
  const samples = [
    'process.env.SECRET',
    'db.$queryRawUnsafe(text)',
    '<p dangerouslySetInnerHTML={x} />',
    'Math.random()',
    'eval(text)',
    'new RegExp(input)',
    "'use cache'",
    'const x: any = 1',
    "import 'server-only'",
    'id IN (SELECT id FROM due LIMIT 5 FOR UPDATE SKIP LOCKED)`',
    '<LinkButton>Invite person</LinkButton>',
    "title: 'Please wait'",
    'execSync(command)',
  ];
  expect(samples.map((sample) => bans.findIndex((ban) => ban.pattern.test(sample)))).toEqual(bans.map((_, at) => at));
});

test("'use server' is only at the top of actions files", () => {
  const says = (file: SourceFile) => /^\s*['"]use server['"]/m.test(withoutComments(file.text));
  const odd = product.filter((file) => says(file) && !/^src\/features\/.+\.actions\.tsx?$/.test(file.path));
  expect(odd.map((file) => file.path)).toEqual([]);
});

test('default exports exist only where Next requires them', () => {
  const required = /^src\/(app\/.+|proxy|instrumentation)\.tsx?$|^src\/app\/.+/;
  const odd = product.filter(
    (file) => !required.test(file.path) && /^export default\b/m.test(withoutComments(file.text)),
  );
  expect(odd.map((file) => file.path)).toEqual([]);
});

test('every page is made by consolePage, dialogPage or publicPage, so that a refusal can be read without scripts', () => {
  const pages = product.filter((file) => file.path.endsWith('/page.tsx'));
  expect(pages.length).toBeGreaterThan(30);
  const maker = (path: string) =>
    path.includes('/@dialog/') ? 'dialogPage' : path.includes('/(console)/') ? 'consolePage' : 'publicPage';
  const odd = pages.filter((file) => !file.text.includes(`export default ${maker(file.path)}(`));
  expect(odd.map((file) => `${file.path}: export default ${maker(file.path)}(…)`)).toEqual([]);
});

test('the only class is the error', () => {
  const odd = product.filter((file) => /^(export )?(abstract )?class \w/m.test(withoutComments(file.text)));
  expect(odd.map((file) => file.path)).toEqual(['src/server/fail.ts']);
});

test('no folder is a catch-all', () => {
  const vague = /(^|\/)(utils?|helpers?|common|misc|managers?)(\/|\.tsx?$)/;
  expect(everything.filter((file) => vague.test(file.path)).map((file) => file.path)).toEqual([]);
});
