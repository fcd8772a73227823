import type { Client } from 'pg';

export type FilterCase = { name: string; query: string };

/**
 * P4: filters that one index cannot answer. A role of nine in ten people, or one granted through a group of half of
 * everybody; with matches at once, only at the far end of the order, few or none; and sorting that does not suit the
 * filter.
 */
export async function filterCases(client: Client): Promise<FilterCase[]> {
  const { rows } = await client.query<{ half: string; small: string }>(
    `SELECT (SELECT id FROM "group" WHERE organization_id IS NULL AND name = 'Everyday learners') AS half,
            (SELECT g.id FROM "group" g JOIN group_member m ON m.group_id = g.id WHERE g.organization_id IS NULL
              GROUP BY g.id ORDER BY count(*), g.id LIMIT 1) AS small`,
  );
  const { half, small } = rows[0] ?? {};
  const cases: [string, string][] = [
    ['role of most', 'role=member&status=active&dormant=90'],
    ['role through half', 'role=author&status=active&dormant=90'],
    ['role through half, far end', 'role=author&status=inactive&dormant=1800'],
    ['role of most, far end', 'role=member&status=inactive&dormant=1800&sort=name'],
    ['role of most, none', 'role=member&status=invited&dormant=2185'],
    ['role through half, none', 'role=author&status=invited&dormant=2185'],
    ['role through many groups', 'role=caseworker&status=inactive&dormant=1000'],
    ['role of few', 'role=auditor&status=active&dormant=90'],
    ['role of few, none', 'role=auditor&status=invited&dormant=90'],
    ['group of half', `group=${half}&status=inactive&dormant=90`],
    ['group of few', `group=${small}&status=inactive&dormant=90`],
    ['never signed in', 'signedIn=never&status=active&dormant=90'],
    ['two days years ago, by name', `status=active&createdFrom=${daysAgo(1500)}&createdTo=${daysAgo(1498)}&sort=name`],
    ['sorted against the filter', 'status=archived&dormant=90&sort=lastSignIn'],
    ['with a common name', 'role=author&status=inactive&q=berg'],
  ];
  return cases.map(([name, query]) => ({ name, query }));
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
