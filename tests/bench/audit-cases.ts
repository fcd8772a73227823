import type { Client } from 'pg';

/** P20: audit log pages with one or several filters, whose matches are everywhere, at the far end or nowhere. */
export async function auditCases(client: Client): Promise<{ name: string; path: string }[]> {
  const top = async (column: 'actor_id' | 'subject_id' | 'organization_id') => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT ${column} AS id FROM audit_event WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    );
    return rows[0]?.id ?? '';
  };
  const [actor, subject, organizationId] = [
    await top('actor_id'),
    await top('subject_id'),
    await top('organization_id'),
  ];
  const { rows } = await client.query<{ slug: string; first: Date; far: string }>(
    `SELECT (SELECT slug FROM organization WHERE id = $1) AS slug, min(at) AS first,
            (SELECT id FROM audit_event ORDER BY seq OFFSET (SELECT count(*) / 10 FROM audit_event) LIMIT 1) AS far
       FROM audit_event`,
    [organizationId],
  );
  const [found] = rows;
  const { rows: names } = await client.query<{ busy: string; rare: string }>(
    `SELECT (SELECT email FROM "user" WHERE id = $1) AS busy,
            (SELECT first_key || ' ' || last_key FROM "user" WHERE last_key ~ '^[a-z]{5,}$' GROUP BY 1
              ORDER BY count(*), 1 LIMIT 1) AS rare`,
    [actor],
  );
  const day = found?.first.toISOString().slice(0, 10);
  const first = `timeFrom=${day}&timeTo=${day}`;
  const by = { actor: `actor=${actor}`, subject: `subject=${subject}`, organization: `organization=${found?.slug}` };
  const cases: Record<string, string> = {
    everything: '',
    'after nine tenths': `after=${found?.far}`,
    actor: by.actor,
    subject: by.subject,
    organization: by.organization,
    'common action': 'action=session.started',
    'rare action': 'action=password.reset',
    'no such action': 'action=nothing.happened',
    'first day': first,
    'common action, first day': `action=session.started&${first}`,
    'organization, first day': `${by.organization}&${first}`,
    'organization, rare action': `${by.organization}&action=password.reset`,
    'actor, organization': `${by.actor}&${by.organization}`,
    'actor, action of others': `${by.actor}&action=session.refused`,
    'actor, organization, action': `${by.actor}&${by.organization}&action=user.created`,
    'subject, rare action': `${by.subject}&action=password.reset`,
    nobody: 'actor=nobody@nowhere.example',
    'search, busiest actor': `q=${names[0]?.busy}`,
    'search, rare name': `q=${encodeURIComponent(names[0]?.rare ?? '')}`,
    'search, too many': 'q=example',
    'search, nobody': 'q=qxzzqj',
    'search, phone': 'q=0003',
  };
  return Object.entries(cases).map(([name, query]) => ({ name, path: `/audit?${query}` }));
}
