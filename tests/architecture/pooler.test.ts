import { expect, test } from 'vitest';
import { sourceFiles, withoutComments } from './files';

// In transaction mode a pooler gives each transaction to any connection, so nothing may stay behind on one.

const product = sourceFiles('src');

/** The beginning of a statement: of a string, but not after a quoted name such as "user", or after a semicolon. */
const begins = (words: string) => new RegExp(`(?:['\`;]|(?<!\\w)")\\s*(?:${words})`);

const bans: { what: string; pattern: RegExp; sample: string; instead: string }[] = [
  {
    what: 'locks of a session',
    pattern: /\bpg_(try_)?advisory_(lock|unlock)/,
    sample: "query('SELECT pg_try_advisory_lock(1)')",
    instead: 'pg_advisory_xact_lock',
  },
  {
    what: 'settings of a session',
    pattern: begins('SET\\s+(?!LOCAL\\b|CONSTRAINTS\\b|TRANSACTION\\b)[A-Za-z]|RESET\\b|DISCARD\\b'),
    sample: 'BEGIN; SET jit = off',
    instead: 'SET LOCAL',
  },
  {
    what: 'settings of a session by function',
    pattern: /\bset_config\((?:[^()]|\([^()]*\))*,\s*false\s*\)/,
    sample: "SELECT set_config('jit', 'off', false)",
    instead: 'set_config(…, true)',
  },
  {
    what: 'settings at connect',
    pattern:
      /\bonConnect\b|\b(statement_timeout|lock_timeout|idle_in_transaction_session_timeout|options)\s*:\s*['"`\d]|[?&]options=/,
    sample: 'new Pool({ statement_timeout: 1000 })',
    instead: 'a setting of the role',
  },
  {
    what: 'notifications',
    pattern: new RegExp(`${begins('LISTEN\\b|UNLISTEN\\b|NOTIFY\\b').source}|\\bpg_notify\\(|\\buseListenNotify\\b`),
    sample: '`NOTIFY jobs`',
    instead: 'polling',
  },
  {
    what: 'temporary tables',
    pattern: /\b(CREATE|INTO)\s+((GLOBAL|LOCAL)\s+)?TEMP(ORARY)?\b|\bpg_temp\b/i,
    sample: 'CREATE TEMP TABLE x (n int) ON COMMIT DROP',
    instead: 'an UNLOGGED table, or WITH',
  },
  {
    what: 'named statements',
    pattern: new RegExp(
      `${begins('PREPARE\\b|EXECUTE\\b|DEALLOCATE\\b').source}|\\bstatementNameGenerator\\b|\\bquery\\(\\s*\\{[^}]*\\bname\\b`,
    ),
    sample: "client.query({ name: 'find', text })",
    instead: 'a statement without a name',
  },
  {
    what: 'cursors that outlive their transaction',
    pattern: /\bWITH\s+HOLD\b/i,
    sample: 'DECLARE c CURSOR WITH HOLD FOR SELECT 1',
    instead: 'pages',
  },
];

/** These go past the pooler, with MIGRATE_DATABASE_URL or as the superuser of a cluster of their own. */
const direct: Record<string, string> = {
  'src/server/db/migrate.ts': 'holds a lock over all migrations',
};

test.each(bans)('no $what, use $instead', ({ pattern }) => {
  const found = product.filter((file) => !(file.path in direct) && pattern.test(withoutComments(file.text)));
  expect(found.map((file) => file.path)).toEqual([]);
});

test('each ban recognises what it bans, and only that', () => {
  expect(bans.map(({ sample }) => bans.findIndex((ban) => ban.pattern.test(sample)))).toEqual(bans.map((_, at) => at));
  const allowed = [
    '`SET LOCAL jit = off`',
    '`UPDATE "user" SET name = 1`',
    "set_config('jit', 'off', true)",
    'SELECT pg_advisory_xact_lock(1)',
    '`DECLARE c CURSOR FOR SELECT 1`',
    '`ALTER ROLE CURRENT_USER IN DATABASE x SET lock_timeout = 1`',
  ];
  expect(allowed.filter((sample) => bans.some((ban) => ban.pattern.test(sample)))).toEqual([]);
});

test('what goes past the pooler still needs to', () => {
  for (const path of Object.keys(direct)) {
    const text = product.find((file) => file.path === path)?.text ?? '';
    expect(
      bans.some((ban) => ban.pattern.test(withoutComments(text))),
      path,
    ).toBe(true);
  }
});
