import { type Figures, history, today, type World } from './ground';
import { organizationName } from './names';

/**
 * How many people each organization has: one with exactly a twentieth of everybody (50,000 of a million), one with
 * exactly 100, three in ten with about 100, and a long tail down to one (Zipf).
 */
export function organizationSizes(users: number): number[] {
  const count = Math.max(3, Math.round(users / 100));
  const largest = Math.max(1, Math.min(50_000, Math.round(users / 20)));
  const hundred = Math.min(100, largest);
  const middling = Math.floor(count * 0.3);
  return Array.from({ length: count }, (_, k) => {
    if (k === 0) return largest;
    if (k === 1) return hundred;
    if (k < 2 + middling) return Math.min(largest, 85 + ((k * 37) % 31));
    return Math.max(1, Math.floor(largest / (k - middling)));
  });
}

/** Stages organizations in `seed_organization` (`k` from 1) and their members' slots in `seed_place`. */
export async function stageOrganizations(world: World): Promise<Figures> {
  const sizes = organizationSizes(world.users);
  const names = sizes.map((_, k) => organizationName(k));
  const slugs = names.map(
    (name, k) =>
      `${name
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')}-${k + 1}`,
  );
  await world.run(
    `CREATE TEMP TABLE seed_organization ON COMMIT DROP AS
     SELECT k::int, name, regexp_replace(slug, '-+', '-', 'g') AS slug, size, sum(size) OVER (ORDER BY k) - size + 1 AS low,
            sum(size) OVER (ORDER BY k) + 1 AS high,
            ${today} - ${history} * power(${world.chance('k', 'organization')}, 0.7) - interval '1 day' AS created,
            NULL::uuid AS id
       FROM unnest($1::text[], $2::text[], $3::int[]) WITH ORDINALITY AS t(name, slug, size, k)`,
    [names, slugs, sizes],
  );
  await world.run(
    'CREATE TEMP TABLE seed_place ON COMMIT DROP AS SELECT k, generate_series(low, high - 1) AS slot FROM seed_organization',
  );
  await world.run('ANALYZE seed_organization, seed_place');
  return {};
}

export async function makeOrganizations(world: World): Promise<Figures> {
  // No organization is younger than its first member.
  await world.run(`
    UPDATE seed_organization o SET created = least(o.created, first.created - interval '1 day')
      FROM (SELECT k, min(created) AS created FROM seed_place JOIN seed_person USING (slot) GROUP BY k) first
     WHERE first.k = o.k`);
  await world.run(`UPDATE seed_organization SET id = ${world.id('created', 'k', 'organization')}`);
  const organizations = await world.run(`
    INSERT INTO organization (id, name, slug, status, created_at)
    SELECT id, name, slug, CASE WHEN k <= 2 OR ${world.chance('k', 'closed')} < 0.94 THEN 'active'
           WHEN ${world.chance('k', 'closed')} < 0.98 THEN 'inactive' ELSE 'archived' END::organization_status, created
      FROM seed_organization ORDER BY created`);
  return { organizations };
}

/**
 * `seed_home` has the first organization of everybody; invited people become members when they accept. At most one
 * organization per person, except that one in fifty has a second. That is never one of the first two, whose
 * sizes stay exact.
 */
export async function makeMemberships(world: World): Promise<Figures> {
  const { chance, run } = world;
  await run(`
    CREATE TEMP TABLE seed_member ON COMMIT DROP AS
    SELECT p.n, p.id AS user_id, o.k, o.id AS organization_id, p.created AS joined_at
      FROM seed_person p JOIN seed_place USING (slot) JOIN seed_organization o USING (k)
    UNION ALL
    SELECT p.n, p.id, o.k, o.id, p.created + (${today} - p.created) * ${chance('n', 'second')}
      FROM seed_person p JOIN seed_place USING (slot)
      JOIN seed_organization o ON o.k = 3 + floor(${chance('n', 'other')} * (SELECT count(*) - 2 FROM seed_organization))::int
     WHERE o.k <> seed_place.k AND ${chance('n', 'two')} < 0.02`);
  await run(`
    CREATE TEMP TABLE seed_home ON COMMIT DROP AS
    SELECT DISTINCT ON (n) n, organization_id FROM seed_member ORDER BY n, k`);
  await run(`DELETE FROM seed_member m USING seed_person p WHERE p.n = m.n AND p.status = 'invited'`);
  await run('ANALYZE seed_member, seed_home');
  const memberships = await run(`
    INSERT INTO membership (user_id, organization_id, joined_at, email, sort_name, search, first_key, last_key, status,
                            created_at, last_sign_in_at, last_activity_at)
    SELECT u.id, m.organization_id, m.joined_at, u.email, u.sort_name, u.search, u.first_key, u.last_key, u.status,
           u.created_at, u.last_sign_in_at, u.last_activity_at
      FROM seed_member m JOIN "user" u ON u.id = m.user_id ORDER BY m.n`);
  return { memberships };
}

const teamNames = `Intake Outreach Finance Coaching Training Support Housing Family Health Night Weekend Field Research
  Editorial Design Volunteers Events Grants Legal Reception`.split(/\s+/);

/** About fifteen people per team, in organizations of ten or more. A third of the members are in no team. */
export async function makeTeams(world: World): Promise<Figures> {
  const { chance, run } = world;
  await run(
    `CREATE TEMP TABLE seed_team ON COMMIT DROP AS
     SELECT o.k, o.id AS organization_id, t, ${world.id('o.created', 'o.k * 1000 + t', 'team')} AS id, o.created,
            ($1::text[])[1 + (t - 1) % $2::int] || CASE WHEN t > $2::int THEN ' ' || (1 + (t - 1) / $2::int) ELSE '' END AS name
       FROM seed_organization o, generate_series(1, least(60, size / 15 + 1)) t WHERE size >= 10`,
    [teamNames, teamNames.length],
  );
  const teams = await run(
    'INSERT INTO team (organization_id, id, name, created_at) SELECT organization_id, id, name, created FROM seed_team',
  );
  const teamMembers = await run(`
    INSERT INTO team_member (organization_id, team_id, user_id, role)
    SELECT t.organization_id, t.id, m.user_id, CASE WHEN ${chance('n', 'lead')} < 0.08 THEN 'lead' ELSE 'member' END::team_role
      FROM seed_member m JOIN seed_organization o USING (k)
      JOIN seed_team t ON t.k = m.k AND t.t = 1 + floor(least(60, o.size / 15 + 1) * ${chance('n', 'team')})::int
     WHERE ${chance('n', 'teamless')} < 0.67 ORDER BY t.organization_id, t.id, m.user_id`);
  return { teams, 'team members': teamMembers };
}
