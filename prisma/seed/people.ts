import { type Figures, history, today, type World } from './ground';
import { asciiOf, firstNames, lastNames } from './names';

/**
 * Stages people in `seed_person` and inserts them. `n` counts from the oldest account to the newest, `age` is the same
 * from 0 to 1, and `slot` is a shuffled number that assigns people to organizations and groups.
 */
export async function makePeople(world: World): Promise<Figures> {
  await stageNames(world);
  await stagePeople(world);
  await world.run('ANALYZE seed_person');
  const people = await world.run(`
    INSERT INTO "user" (id, email, first_name, last_name, phone, extension, status, version, email_verified_at,
                        activated_at, last_sign_in_at, last_activity_at, suspended_at, suspended_until,
                        suspended_reason, deactivated_by, archived_at, archived_status, created_at, updated_at)
    SELECT id, email, first_name, last_name,
           CASE WHEN ${world.chance('n', 'phone')} < 0.4 THEN '+4915' || lpad((n % 100000000)::text, 9, '0') END,
           CASE WHEN ${world.chance('n', 'phone')} < 0.05 THEN (100 + n % 900)::text END,
           status, 1 + floor(4 * power(${world.chance('n', 'version')}, 3))::int, activated_at, activated_at, seen,
           CASE WHEN seen IS NOT NULL THEN least(seen + ${world.chance('n', 'activity')} * interval '9 hours', ${today}) END,
           CASE WHEN status = 'inactive' THEN left_at END,
           CASE WHEN status = 'inactive' AND ${world.chance('n', 'until')} < 0.2 THEN ${today} + interval '30 days' END,
           CASE WHEN status = 'inactive' THEN (ARRAY['On leave', 'Left the team', 'Project ended', 'Asked for it'])
                [1 + floor(4 * ${world.chance('n', 'reason')})::int] END,
           CASE WHEN status = 'inactive' THEN
             CASE WHEN ${world.chance('n', 'decided')} < 0.9 THEN 'organization' ELSE 'platform' END::deactivated_by END,
           CASE WHEN status = 'archived' THEN left_at END,
           CASE WHEN status = 'archived' THEN CASE WHEN seen IS NULL THEN 'inactive' ELSE 'active' END::user_status END,
           created, greatest(created, coalesce(left_at, seen, created))
      FROM seed_person ORDER BY n`);
  return { people };
}

/** Draws the first of a list often and the last hardly ever, as real names are spread (Zipf). */
const rank = (chance: string, count: number) => `floor(exp(${chance} * ln(${count + 1})))::int`;

async function stageNames({ run }: World): Promise<void> {
  await run('CREATE TEMP TABLE seed_first (k int PRIMARY KEY, name text, ascii text) ON COMMIT DROP');
  await run('CREATE TEMP TABLE seed_last (k int PRIMARY KEY, name text, ascii text) ON COMMIT DROP');
  const insert = (table: string, names: string[], fallback: string) =>
    run(
      `INSERT INTO ${table} SELECT k, name, ascii FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t(name, ascii, k)`,
      [names, names.map((name) => asciiOf(name, fallback))],
    );
  await insert('seed_first', firstNames, 'person');
  await insert('seed_last', lastNames(), 'family');
  await run('ANALYZE seed_first');
  await run('ANALYZE seed_last');
}

/**
 * New accounts are more often invited and old ones more often archived, so the shares (4 %, 8 %, 3 %) are right overall
 * but not for each year. A quarter of the accounts came from imports, at nine on the first of a month.
 */
async function stagePeople(world: World): Promise<void> {
  const { chance, users } = world;
  const status = `CASE WHEN ${chance('n', 'status')} < 0.04 * 7 * power(age, 6) THEN 'invited'
    WHEN ${chance('n', 'status')} < 0.04 * 7 * power(age, 6) + 0.16 * (1 - age) THEN 'inactive'
    WHEN ${chance('n', 'status')} < 0.04 * 7 * power(age, 6) + 0.16 * (1 - age) + 0.09 * power(1 - age, 2) THEN 'archived'
    ELSE 'active' END`;
  const [first, last] = [rank(chance('n', 'first'), firstNames.length), rank(chance('n', 'last'), lastNames().length)];
  await world.run(`
    CREATE TEMP TABLE seed_person ON COMMIT DROP AS
    WITH aged AS MATERIALIZED (
      SELECT n, n::float8 / ${users} AS age, ${today} - ${history} * power(1 - n::float8 / (${users} + 1), 1.6) AS moment
        FROM generate_series(1, ${users}) n),
    born AS MATERIALIZED (
      SELECT n, age, ${status} AS status,
             CASE WHEN ${chance('n', 'import')} < 0.25
                   AND date_trunc('month', moment) + interval '9 hours' > ${today} - ${history}
                  THEN date_trunc('month', moment) + interval '9 hours'
                  ELSE date_trunc('milliseconds', moment) END AS created
        FROM aged),
    gone AS MATERIALIZED (
      SELECT *, CASE WHEN status IN ('inactive', 'archived')
                     THEN ${today} - (${today} - created) * 0.6 * power(${chance('n', 'left')}, 2) END AS left_at
        FROM born),
    seen AS MATERIALIZED (
      SELECT *, CASE WHEN status = 'invited' OR ${chance('n', 'never')} < 0.12 THEN NULL
                     ELSE coalesce(left_at, ${today})
                          - (coalesce(left_at, ${today}) - created) * power(${chance('n', 'seen')}, 4) END AS seen
        FROM gone),
    placed AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${chance('n', 'slot')}, n) AS slot FROM seen)
    SELECT n, age, created, status::user_status AS status, left_at, seen, ${world.id('created', 'n', 'person')} AS id,
           CASE WHEN status = 'invited' THEN NULL WHEN seen IS NULL THEN created
                ELSE created + (seen - created) * least(1, 0.1 * ${chance('n', 'activated')}) END AS activated_at,
           f.name AS first_name, l.name AS last_name, slot,
           f.ascii || '.' || l.ascii || '.' || n || '@' || CASE WHEN ${chance('n', 'own domain')} < 0.8 AND slug IS NOT NULL
             THEN slug ELSE (ARRAY['mail', 'post', 'letters', 'inbox'])[1 + floor(4 * power(${chance('n', 'domain')}, 2))::int]
             END || '.example' AS email
      FROM placed JOIN seed_first f ON f.k = least(${first}, ${firstNames.length})
      JOIN seed_last l ON l.k = least(${last}, ${lastNames().length})
      LEFT JOIN (SELECT slot, slug FROM seed_place JOIN seed_organization USING (k)) o USING (slot)
     ORDER BY n`);
}
