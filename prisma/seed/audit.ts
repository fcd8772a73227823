import { type Figures, history, today, type World } from './ground';

/** How often each action occurs in a thousand events. */
const actions: [string, number][] = [
  ['session.started', 520],
  ['session.ended', 210],
  ['user.created', 80],
  ['user.invited', 60],
  ['user.activated', 50],
  ['access.denied', 30],
  ['password.changed', 20],
  ['session.refused', 15],
  ['invitation.resent', 8],
  ['user.archived', 5],
  ['password.reset', 2],
];

/**
 * Five events per person, at most five million, in time order. One in fifty has details; the others are marked as never
 * having had any, so the whole log verifies. None is sealed: the worker does that at its next start.
 */
export async function writeAudit(world: World): Promise<Figures> {
  const { chance, run, users } = world;
  const count = Math.min(5_000_000, users * 5);
  await run('LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE');
  await run(`
    CREATE TEMP TABLE seed_event ON COMMIT DROP AS
    WITH drawn AS MATERIALIZED (
      SELECT i, i::float8 / ${count + 1} AS age, ${pickAction(chance('i', 'action'))} AS action FROM generate_series(1, ${count}) i)
    SELECT i, date_trunc('milliseconds', ${today} - ${history} * power(1 - age, 1.6)) AS at, action,
           least(${users}, 1 + floor(age * ${users} * ${chance('i', 'subject')})::int) AS n,
           ${chance('i', 'detail')} < 0.02 AS detailed
      FROM drawn ORDER BY i`);
  await run('ANALYZE seed_event');
  const body = `'{"after":{"email":' || to_json(p.email)::text || '},"ip":"203.0.113.' || e.i % 250 || '"}'`;
  const detail = `'{"body":' || ${body} || ',"personId":"' || p.id || '"}'`;
  const events = await run(`
    INSERT INTO audit_event (seq, id, at, action, actor_kind, actor_id, subject_type, subject_id, organization_id, request_id,
                             detail_hash)
    SELECT base.seq + e.i, ${world.id('e.at', 'e.i', 'event')}, e.at, e.action,
           CASE WHEN e.action = 'session.refused' THEN 'anonymous' WHEN e.action LIKE 'user.%' AND a.user_id IS NULL
                THEN 'system' ELSE 'user' END::actor_kind,
           CASE WHEN e.action LIKE 'user.%' THEN a.user_id WHEN e.action <> 'session.refused' THEN p.id END, 'user', p.id, m.organization_id,
           encode(${world.bytes('e.i', 'request')}, 'hex'),
           CASE WHEN e.detailed THEN sha256(${world.bytes('e.i', 'salt')} || convert_to(${detail}, 'UTF8'))
                ELSE decode(repeat('00', 32), 'hex') END
      FROM seed_event e CROSS JOIN (SELECT coalesce(max(seq), 0) AS seq FROM audit_event) base
      JOIN seed_person p USING (n)
      LEFT JOIN seed_home m USING (n)
      LEFT JOIN (SELECT DISTINCT ON (m.organization_id) m.organization_id, m.user_id FROM membership_role m
                   JOIN role r ON r.id = m.role_id AND r.key = 'org-admin'
                  ORDER BY m.organization_id, m.granted_at, m.user_id) a ON a.organization_id = m.organization_id
     ORDER BY e.i`);
  const details = await run(`
    INSERT INTO audit_detail (event_id, person_id, salt, body)
    SELECT ${world.id('e.at', 'e.i', 'event')}, p.id, ${world.bytes('e.i', 'salt')}, (${body})::jsonb
      FROM seed_event e JOIN seed_person p USING (n) WHERE e.detailed`);
  await run(`SELECT setval('audit_event_seq_seq', (SELECT max(seq) FROM audit_event))`);
  return { 'audit events': events, 'audit details': details };
}

function pickAction(chance: string): string {
  let upTo = 0;
  const branches = actions.map(([action, share]) => {
    upTo += share;
    return `WHEN ${chance} < ${upTo / 1000} THEN '${action}'`;
  });
  return `CASE ${branches.join(' ')} ELSE 'session.started' END`;
}
