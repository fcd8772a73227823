import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filesBelow } from '../../e2e/access/support/entry-points';
import { type SourceFile, sourceFiles, withoutComments } from './files';

// Each table is written by one feature or one part of the server. Others call a service of it, so that what must happen
// with every write is in one place: copies, versions, ended links.

/** Who writes each table. Null: so far only the demo does. */
const owners: Record<string, string | null> = {
  ...{ permission: 'server/catalogue', role: 'server/catalogue', role_permission: 'server/catalogue' },
  ...{ user: 'users', email_change: 'users' },
  ...{ credential: 'account', password_reset: 'account', preference: 'account' },
  ...{ session: 'server/auth', sign_in_attempt: 'server/auth', throttle: 'server/auth' },
  ...{ membership: 'memberships', membership_role: 'memberships', user_role: 'memberships' },
  ...{ group_member: 'memberships', group: 'groups', group_role: 'groups' },
  ...{ invitation: 'invitations', invitation_role: 'invitations', invitation_group: 'invitations' },
  ...{ plan: 'plans', plan_row: 'plans', receipt: 'plans' },
  ...{ upload: 'imports', upload_row: 'imports' },
  ...{ day_figure: 'figures' },
  ...{ organization: 'organizations', team: null, team_member: null },
  ...{ audit_event: 'server/audit', audit_detail: 'server/audit', audit_seal: 'server/seal' },
  ...{ email: 'server/mail', email_quota: 'server/mail', 'pgboss.queue': 'server/queue' },
};

/** A table whose name is not in the statement itself. */
const computed = '(computed)';

/** Writers of tables that are not their own, for good. `tables` is left out for all of them. */
const exceptions: { writer: string; tables?: string[]; reason: string }[] = [
  { writer: 'demo', reason: 'fills an empty database' },
  { writer: 'retention', tables: [computed], reason: 'deletes by age alone, whatever the record is' },
  { writer: 'server/auth', tables: ['user', 'membership'], reason: 'sign-in and activity times, at every request' },
  { writer: 'server/auth', tables: ['preference'], reason: 'learns the time zone from the browser at sign-in' },
  { writer: 'server/auth', tables: ['credential'], reason: 'hashes a password anew when its parameters are outdated' },
];

type Write = { file: string; table: string };

const tables = tablesOfModels();
const product = sourceFiles('src');
const writes = product.flatMap(writesIn);

/** Table by model, as the Prisma client names it: `groupMember` → `group_member`. */
function tablesOfModels(): Map<string, string> {
  const schema = filesBelow('prisma')
    .filter((file) => file.endsWith('.prisma'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const models = [...schema.matchAll(/^model (\w+) \{[\s\S]*?^ {2}@@map\("(\w+)"\)[\s\S]*?^\}/gm)];
  return new Map(models.map(([, model = '', table = '']) => [model[0]?.toLowerCase() + model.slice(1), table]));
}

/** The tables that a file writes: in SQL, through a model of the Prisma client, or with COPY. Each once. */
function writesIn({ path, text }: Pick<SourceFile, 'path' | 'text'>): Write[] {
  const code = withoutComments(text);
  const inSql =
    /(?:\b(?:INSERT INTO|DELETE FROM|MERGE INTO|TRUNCATE(?: TABLE)?)|(?<!\b(?:FOR|KEY|DO) )\bUPDATE)\s+(?:ONLY\s+)?(\$\{|"?[a-z_][\w.]*)/g;
  const throughModel =
    /\b(\w+)\s*\.\s*(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)\(/g;
  const copied = /\bcopyRows\(\s*['"]?([\w.]+)/g;
  const names = [
    ...[...code.matchAll(inSql)].map(([, name = '']) => (name === '${' ? computed : name.replace('"', ''))),
    ...[...code.matchAll(throughModel)].flatMap(([, model = '']) => tables.get(model) ?? []),
    // copy.ts itself, which declares it, takes any table.
    ...[...code.replace('function copyRows(', '').matchAll(copied)].map(([, name = '']) => name),
  ];
  return [...new Set(names)].map((table) => ({ file: path, table }));
}

/** The feature or the part of the server that a file belongs to, otherwise the folder. */
function writerOf(file: string): string {
  const [, folder = '', part = ''] = file.split('/');
  if (folder === 'features') return part;
  return folder === 'server' ? `server/${part.replace(/\.ts$/, '')}` : folder;
}

function exceptionFor({ file, table }: Write) {
  return exceptions.find(
    (exception) => exception.writer === writerOf(file) && (exception.tables?.includes(table) ?? true),
  );
}

function violationsAmong(found: Write[]): string[] {
  return found
    .filter((write) => owners[write.table] !== writerOf(write.file) && !exceptionFor(write))
    .map(({ file, table }) => {
      const owner = owners[table];
      if (owner === undefined) return `${file} writes ${table}, which has no owner: name it in this test`;
      return `${file} writes ${table}: call a service of ${owner ?? 'the feature that will own it'}`;
    });
}

test('every table has an owner', () => {
  const named = Object.keys(owners).filter((table) => !table.includes('.'));
  expect(named.sort()).toEqual([...tables.values()].sort());
});

test('every table is written only by its owner', () => {
  expect(violationsAmong(writes)).toEqual([]);
});

test('the search sees a write of every table, by its owner if it has one', () => {
  const unseen = Object.entries(owners).filter(
    ([table, owner]) => !writes.some((write) => write.table === table && writerOf(write.file) === (owner ?? 'demo')),
  );
  expect(unseen).toEqual([]);
});

test('every exception is needed', () => {
  expect(exceptions.filter((exception) => !writes.some((write) => exceptionFor(write) === exception))).toEqual([]);
});

test('no write is hidden in the write of another record', () => {
  const nested = /\b\w+:\s*\{\s*(create|createMany|connectOrCreate|update|updateMany|upsert|delete|deleteMany):/;
  expect(product.filter((file) => nested.test(withoutComments(file.text))).map((file) => file.path)).toEqual([]);
  expect(nested.test('tables.plan.create({ data: { id, upload: { create: { fileName } } } })')).toBe(true);
});

const file = 'src/features/reports/made-up.service.ts';

test.each([
  ['INSERT INTO', 'membership_role', 'sql`INSERT INTO membership_role (user_id) SELECT id FROM x`'],
  ['DELETE FROM', 'group', 'sql`WITH gone AS (DELETE FROM "group" g USING x WHERE g.id = x.id) SELECT 1`'],
  ['UPDATE', 'user', 'sql`\n    UPDATE\n      "user" u SET version = 2`'],
  ['TRUNCATE', 'session', 'sql`TRUNCATE session`'],
  ['createMany', 'group_member', 'work.write(checked, (tables) => tables.groupMember.createMany({ data }))'],
  ['deleteMany', 'plan', 'work.write(checked, ({ plan }) =>\n    plan\n      .deleteMany({}))'],
  ['copyRows', 'audit_event', "copyRows('audit_event', rows)"],
  ['DELETE FROM', computed, `sql\`DELETE FROM \${from} WHERE id = 1\``],
  ['UPDATE', 'unheard_of', 'sql`UPDATE unheard_of SET a = 1`'],
])('%s %s is refused outside the owner', (_, table, text) => {
  const found = writesIn({ path: file, text });
  expect(found).toEqual([{ file, table }]);
  expect(violationsAmong(found)).toHaveLength(1);
});

test('a refusal names the owner, and the owner itself may write', () => {
  const text = 'sql`UPDATE plan SET state = 1`';
  expect(violationsAmong(writesIn({ path: file, text }))).toEqual([`${file} writes plan: call a service of plans`]);
  expect(violationsAmong(writesIn({ path: 'src/features/plans/applying/a.service.ts', text }))).toEqual([]);
  expect(violationsAmong(writesIn({ path: 'src/server/audit.ts', text: 'sql`INSERT INTO audit_event`' }))).toEqual([]);
});

test.each([
  ['a lock', 'sql`SELECT id FROM "user" u ORDER BY id FOR UPDATE OF u`'],
  ['a weaker lock', 'sql`SELECT id FROM plan FOR NO KEY UPDATE`'],
  ['the second half of an upsert', 'sql`… ON CONFLICT (key) DO UPDATE SET failures = 0`'],
  ['a comment', '// INSERT INTO plan\n/* tables.plan.create() */'],
  ['another delete', "url.searchParams.delete('notice')"],
  ['a read', 'tables.plan.findMany({})'],
])('%s is no write', (_, text) => {
  expect(writesIn({ path: file, text })).toEqual([]);
});
