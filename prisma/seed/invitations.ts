import { type Figures, today, type World } from './ground';

/**
 * Every invited person has an open or expired one, a fifth of the activated people accepted one, and some archived
 * people have a cancelled one. No link opens them, as the hashes belong to no token. Every mail is sent or failed.
 */
export async function makeInvitations(world: World): Promise<Figures> {
  const { chance, run } = world;
  await run(`
    CREATE TEMP TABLE seed_invitation ON COMMIT DROP AS
    WITH chosen AS MATERIALIZED (
      SELECT p.*, m.organization_id, CASE WHEN status = 'invited' AND (created > ${today} - interval '6 days'
                 OR ${chance('p.n', 'resent')} < 0.35) THEN 'open' WHEN status = 'invited' THEN 'expired'
             WHEN status = 'archived' THEN 'cancelled' ELSE 'accepted' END AS state
        FROM seed_person p LEFT JOIN seed_home m USING (n)
       WHERE status = 'invited' OR (activated_at IS NOT NULL AND ${chance('p.n', 'invited')} < 0.2)),
    sent AS MATERIALIZED (
      SELECT *, CASE WHEN state = 'open' THEN greatest(created, ${today} - ${chance('n', 'sent')} * interval '6 days')
                     ELSE created END AS sent_at FROM chosen)
    SELECT n, id AS user_id, organization_id, email, first_name, last_name, state, created, sent_at,
           ${world.id('created', 'n', 'invitation')} AS id, sent_at + interval '7 days' AS expires_at,
           CASE state WHEN 'accepted' THEN least(activated_at, sent_at + interval '7 days') WHEN 'cancelled' THEN left_at
                WHEN 'expired' THEN sent_at + interval '7 days' END AS ended_at,
           CASE WHEN state = 'accepted' OR ${chance('n', 'delivery')} < 0.25 THEN 'opened'
                WHEN ${chance('n', 'delivery')} < 0.28 THEN 'bounced'
                WHEN ${chance('n', 'delivery')} < 0.30 THEN 'failed' ELSE 'sent' END AS delivery
      FROM sent ORDER BY created, n`);
  const invitations = await run(`
    INSERT INTO invitation (id, user_id, organization_id, sender_id, state, delivery, version, token_hash, email, first_name,
                            last_name, created_at, sent_at, expires_at, opened_at, ended_at)
    SELECT i.id, i.user_id, i.organization_id, a.user_id, i.state::invitation_state, i.delivery::delivery,
           CASE WHEN sent_at > i.created THEN 2 ELSE 1 END,
           ${world.bytes('n', 'token')} || ${world.bytes('n', 'token, second half')}, email, first_name, last_name,
           i.created, sent_at, expires_at, CASE WHEN delivery = 'opened' THEN coalesce(ended_at, sent_at) END, ended_at
      FROM seed_invitation i LEFT JOIN (${firstAdmins}) a ON a.organization_id = i.organization_id AND a.user_id <> i.user_id
     ORDER BY i.created, n`);
  await run(`
    INSERT INTO invitation_role (invitation_id, role_id)
    SELECT i.id, r.id FROM seed_invitation i JOIN role r ON r.key =
           CASE WHEN organization_id IS NULL THEN 'member' WHEN n % 3 = 0 THEN 'staff' ELSE 'viewer' END`);
  const emails = await run(`
    INSERT INTO email (id, template, params, to_address, to_name, user_id, organization_id, subject_type, subject_id,
                       dedupe_key, message_id, state, attempts, last_error, response, created_at, sent_at, next_attempt_at)
    SELECT ${world.id('sent_at', 'n', 'email')}, 'invitation',
           jsonb_build_object('invitationId', i.id, 'version', 1, 'senderName', 'Rollcall', 'organizationName', o.name,
             'roles', '[]'::jsonb, 'message', '', 'expiresAt', to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
           email, first_name || ' ' || last_name, user_id, organization_id, 'invitation', i.id, 'seed:' || i.id,
           i.id || '@rollcall.example', CASE WHEN failed THEN 'failed' ELSE 'sent' END::email_state,
           CASE WHEN failed THEN 5 ELSE 1 END, CASE WHEN failed THEN '550 No such mailbox' END,
           CASE WHEN failed THEN NULL ELSE '250 Accepted' END, sent_at, CASE WHEN failed THEN NULL ELSE sent_at END, sent_at
      FROM (SELECT *, delivery IN ('bounced', 'failed') AS failed FROM seed_invitation
             WHERE sent_at > ${today} - interval '90 days') i
      LEFT JOIN seed_organization o ON o.id = i.organization_id ORDER BY i.sent_at`);
  return { invitations, emails };
}

const firstAdmins = `SELECT DISTINCT ON (m.organization_id) m.organization_id, m.user_id FROM membership_role m
  JOIN role r ON r.id = m.role_id AND r.key = 'org-admin' ORDER BY m.organization_id, m.granted_at, m.user_id`;
