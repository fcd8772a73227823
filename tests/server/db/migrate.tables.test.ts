import { testDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';

const { owner } = await testDatabase();

/**
 * Tables from before keys began with the organization (docs/decisions/048). A database that is distributed by
 * organization keeps the first five in one place, and the keys of the others contain the organization.
 */
const earlier: Record<string, string> = {
  audit_event: 'one chain for the whole platform',
  email: 'one outbox for the whole platform',
  group: 'platform groups have no organization',
  invitation: 'invitations to the platform have no organization',
  plan: 'plans of System Admins have no organization',
  membership: 'its key begins with the person',
  membership_role: 'its key begins with the person',
};

/** The database counts these; every other id is a UUIDv7 made in code. */
const earlierSequences = ['audit_event_seq_seq', 'audit_seal_id_seq'];

/** Problems of all tables in `schema`. An index is described by its columns; an expression has no name. */
async function problems(schema: string): Promise<string[]> {
  const { rows } = await owner.query<{ problem: string }>(problemsSql, [schema]);
  return rows.map((row) => row.problem).toSorted();
}

const problemsSql = `
  WITH belonging AS (
    SELECT c.oid, c.relname::text AS name, a.attnum AS place, a.attnotnull AS sure
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p') AND a.attname = 'organization_id')
  SELECT name || ': organization_id may be null' AS problem FROM belonging WHERE NOT sure
  UNION ALL
  SELECT b.name || ': ' || i.indexrelid::regclass || ' does not begin with organization_id'
    FROM belonging b JOIN pg_index i ON i.indrelid = b.oid
   WHERE i.indisunique AND i.indkey[0] <> b.place
  UNION ALL
  SELECT b.name || ': has no primary key' FROM belonging b
   WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = b.oid AND i.indisprimary)
  UNION ALL
  SELECT k.conrelid::regclass || ': ' || k.conname || ' refers to the table of an organization without the organization'
    FROM pg_constraint k JOIN belonging target ON target.oid = k.confrelid AND target.sure
    LEFT JOIN belonging source ON source.oid = k.conrelid
   WHERE k.contype = 'f' AND NOT EXISTS (
     SELECT FROM unnest(k.conkey, k.confkey) AS pair (own, other) WHERE own = source.place AND other = target.place)
  UNION ALL
  SELECT k.conrelid::regclass || ': ' || k.conname || ' is not ON UPDATE NO ACTION'
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
   WHERE k.contype = 'f' AND k.confupdtype <> 'a' AND c.relnamespace = to_regnamespace($1)
  UNION ALL
  SELECT relname || ' is a sequence' FROM pg_class WHERE relkind = 'S' AND relnamespace = to_regnamespace($1)`;

test('keys of new tables begin with the organization, and nothing refers to them without it', async () => {
  const isKnown = (problem: string) =>
    Object.keys(earlier).some((name) => problem.replaceAll('"', '').startsWith(`${name}: `)) ||
    earlierSequences.some((name) => problem === `${name} is a sequence`);
  expect((await problems('public')).filter((problem) => !isKnown(problem))).toEqual([]);
});

test('the exceptions still are exceptions', async () => {
  const found = await problems('public');
  const unused = Object.keys(earlier).filter((name) => !found.some((problem) => problem.startsWith(`${name}: `)));
  expect(unused).toEqual([]);
});

test('each rule recognises a table that breaks it', async () => {
  await owner.query(`CREATE SCHEMA wrong;
    CREATE TABLE wrong.good (organization_id uuid NOT NULL, id uuid, PRIMARY KEY (organization_id, id));
    CREATE TABLE wrong.loose (organization_id uuid, n serial);
    CREATE UNIQUE INDEX loose_one ON wrong.loose (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'), n);
    CREATE TABLE wrong.apart (organization_id uuid NOT NULL, id uuid PRIMARY KEY);
    CREATE TABLE wrong.platform (id uuid PRIMARY KEY, apart uuid REFERENCES wrong.apart ON UPDATE CASCADE);
    CREATE TABLE wrong.inside (organization_id uuid NOT NULL, id uuid, PRIMARY KEY (organization_id, id),
      FOREIGN KEY (organization_id, id) REFERENCES wrong.good)`);
  try {
    expect(await problems('wrong')).toEqual([
      'apart: wrong.apart_pkey does not begin with organization_id',
      'loose: has no primary key',
      'loose: organization_id may be null',
      'loose: wrong.loose_one does not begin with organization_id',
      'loose_n_seq is a sequence',
      'wrong.platform: platform_apart_fkey is not ON UPDATE NO ACTION',
      'wrong.platform: platform_apart_fkey refers to the table of an organization without the organization',
    ]);
  } finally {
    await owner.query('DROP SCHEMA wrong CASCADE');
  }
});
