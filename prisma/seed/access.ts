import { type Figures, today, type World } from './ground';

const topics =
  `Content Mentors Newsletter Pilots Trainers Reviewers Alumni Speakers Translators Moderators Testers Buyers
  Partners Press Donors Interns`.split(/\s+/);

/**
 * One platform group has half of everybody and grants a role. Some four hundred more (for a million people) differ
 * widely in size. A person is in three groups on average. Two in three organizations of twenty or more people have a
 * group of their own.
 */
export async function makeGroups(world: World): Promise<Figures> {
  const { chance, run, users } = world;
  const shared = Math.max(4, Math.min(400, Math.round(users / 250)));
  await run(
    `CREATE TEMP TABLE seed_group ON COMMIT DROP AS
     SELECT g, NULL::int AS k, NULL::uuid AS organization_id, ${world.id('born', 'g', 'group')} AS id, born,
            CASE WHEN g = 0 THEN 'Everyday learners'
                 ELSE ($1::text[])[1 + (g - 1) % $2::int] || ' ' || (1 + (g - 1) / $2::int) END AS name
       FROM generate_series(0, ${shared}) g, (SELECT ${today} - interval '2200 days' AS born) b
     UNION ALL
     SELECT 1000 + k, k, id, ${world.id('created', 'k', 'group of organization')}, created, 'Mentors'
       FROM seed_organization WHERE size >= 20 AND k % 3 <> 0`,
    [topics, topics.length],
  );
  const groups = await run(`
    INSERT INTO "group" (id, organization_id, name, description, created_at)
    SELECT id, organization_id, name, CASE WHEN g = 0 THEN 'Half of everybody.' ELSE '' END, born FROM seed_group`);
  await run(`
    INSERT INTO group_role (group_id, role_id)
    SELECT s.id, r.id FROM seed_group s JOIN role r ON r.key =
           CASE WHEN g = 0 THEN 'author' WHEN k IS NOT NULL THEN 'caseworker' WHEN g % 7 = 1 THEN 'expert' END`);
  const groupMembers = await run(`
    INSERT INTO group_member (group_id, user_id, added_at)
    SELECT g.id, p.id, p.created FROM seed_person p, seed_group g WHERE g.g = 0 AND p.slot % 2 = 0
    UNION ALL
    SELECT g.id, drawn.user_id, drawn.created
      FROM (SELECT DISTINCT p.id AS user_id, p.created,
                   1 + floor(${shared} * power(${chance('n * 8 + draw', 'group')}, 2.5))::int AS g
              FROM seed_person p, generate_series(1, 6) draw WHERE ${chance('n * 8 + draw', 'joins')} < 0.42) drawn
      JOIN seed_group g USING (g)
    UNION ALL
    SELECT g.id, m.user_id, m.joined_at FROM seed_member m JOIN seed_group g USING (k)
     WHERE ${chance('m.n', 'mentor')} < 0.2
    ORDER BY 1, 2`);
  return { groups, 'group members': groupMembers };
}

/**
 * Nine in ten people are Member on the platform, one in fifty thousand is Auditor. Every member of an organization has
 * a role there; its Org Admins are its first member and one in two hundred of the others. Nobody is System Admin.
 */
export async function giveRoles(world: World): Promise<Figures> {
  const { chance, run } = world;
  const grants = (key: string, condition: string) =>
    `SELECT p.id, r.id, p.created FROM seed_person p, role r WHERE r.key = '${key}' AND ${condition}`;
  const oldest = `SELECT min(n) FROM seed_person WHERE status = 'active'`;
  const platformRoles = await run(`
    INSERT INTO user_role (user_id, role_id, granted_at)
    ${grants('member', `${chance('n', 'member')} < 0.9`)} UNION ALL
    ${grants('expert', `${chance('n', 'expert')} < 0.01`)} UNION ALL
    ${grants('vendor', `${chance('n', 'vendor')} < 0.002`)} UNION ALL
    ${grants('auditor', `status = 'active' AND (${chance('n', 'auditor')} < 0.00002 OR n = (${oldest}))`)}
    ORDER BY 1, 2`);
  const organizationRoles = await run(`
    INSERT INTO membership_role (user_id, organization_id, role_id, granted_at)
    SELECT m.user_id, m.organization_id, r.id, m.joined_at
      FROM (SELECT *, row_number() OVER (PARTITION BY k ORDER BY n) AS place FROM seed_member) m
      JOIN role r ON r.key = CASE WHEN m.place = 1 OR ${chance('n', 'org-admin')} < 0.005 THEN 'org-admin'
           WHEN ${chance('n', 'org-role')} < 0.5 THEN 'viewer' WHEN ${chance('n', 'org-role')} < 0.85 THEN 'staff'
           ELSE 'caseworker' END
     ORDER BY 1, 2`);
  return { 'roles on the platform': platformRoles, 'roles in organizations': organizationRoles };
}
