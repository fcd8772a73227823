import { expect, test } from 'vitest';
import { sourceFiles, withoutComments } from './files';

/** Tables whose keys begin with the organization; each new one is added here (docs/decisions/048). */
const tables = ['team', 'team_member', 'email_quota', 'day_figure'];

/** Statements that do not know the organization yet or read the whole platform, by file and what they are for. */
const exceptions: Record<string, string> = {
  'src/features/retention/expired-records.service.ts day_figure f': 'deletes old rows by the day alone, everywhere',
  'src/features/users/list-conditions.queries.ts team t': 'finds the organization of the team that the address names',
};

const uses = new RegExp(`\\b(?:FROM|JOIN|UPDATE|INTO)\\s+(${tables.join('|')})\\s+(?:AS\\s+)?([a-z]\\w*)\\b`, 'g');

/** Uses of these tables whose statement never names the organization of the row. */
function withoutOrganization(text: string): string[] {
  return [...text.matchAll(uses)]
    .filter(
      ([, , alias]) =>
        !new RegExp(
          `\\b${alias}\\.organization_id\\s*(=|IN\\b)|=\\s*${alias}\\.organization_id\\b|sql\`${alias}\\.organization_id\`\\)`,
        ).test(text),
    )
    .map(([, table, alias]) => `${table} ${alias}`);
}

test('statements on tables of organizations compare the organization', () => {
  const found = sourceFiles('src').flatMap(({ path, text }) =>
    withoutOrganization(withoutComments(text)).map((use) => `${path} ${use}`),
  );
  expect([...new Set(found)]).toEqual(Object.keys(exceptions));
});

test('a join by the id alone is found', () => {
  const byId = 'SELECT 1 FROM team_member tm JOIN team t ON t.id = tm.team_id WHERE tm.user_id = $1';
  expect(withoutOrganization(byId)).toEqual(['team_member tm', 'team t']);
  const byBoth = byId.replace('ON', 'ON t.organization_id = tm.organization_id AND');
  expect(withoutOrganization(byBoth)).toEqual([]);
});
