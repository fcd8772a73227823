import type { Client } from 'pg';

export type FilterCase = { name: string; query: string };

/**
 * P4: filters that one index cannot answer. A role held by nine tenths, or through a group of half of everybody; with
 * matches at once, only at the far end of the order, few or none; orders that run against the filter.
 */
export async function filterCases(client: Client): Promise<FilterCase[]> {
  const { rows } = await client.query<{ half: string; small: string }>(
    `SELECT (SELECT id FROM "group" WHERE organization_id IS NULL AND name = 'Everyday learners') AS half,
            (SELECT g.id FROM "group" g JOIN group_member m ON m.group_id = g.id WHERE g.organization_id IS NULL
              GROUP BY g.id ORDER BY count(*), g.id LIMIT 1) AS small`,
  );
  const { half, small } = rows[0] ?? {};
  const cases: [string, string][] = [
    ['held by most', 'role=member&status=active&dormant=90'],
    ['through the half', 'role=author&status=active&dormant=90'],
    ['through the half, far end', 'role=author&status=inactive&dormant=1800'],
    ['held by most, far end', 'role=member&status=inactive&dormant=1800&sort=name'],
    ['held by most, none', 'role=member&status=invited&dormant=2185'],
    ['through the half, none', 'role=author&status=invited&dormant=2185'],
    ['through many groups', 'role=caseworker&status=inactive&dormant=1000'],
    ['held by few', 'role=auditor&status=active&dormant=90'],
    ['held by few, none', 'role=auditor&status=invited&dormant=90'],
    ['group of half', `group=${half}&status=inactive&dormant=90`],
    ['group of few', `group=${small}&status=inactive&dormant=90`],
    ['never signed in', 'signedIn=never&status=active&dormant=90'],
    [
      'two days of years ago by name',
      `status=active&createdFrom=${daysAgo(1500)}&createdTo=${daysAgo(1498)}&sort=name`,
    ],
    ['against the order', 'status=archived&dormant=90&sort=lastSignIn'],
    ['with a common name', 'role=author&status=inactive&q=berg'],
  ];
  return cases.map(([name, query]) => ({ name, query }));
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}
