-- Hand-written. Foreign keys no longer update their rows when the key they refer to changes, because ids never change and
-- a database that is distributed by organization forbids it. They are added NOT VALID, so that no table is read while it
-- is locked; the next migration validates them.

-- All tables or none: an older replica that holds one of them is waited for without a queue forming behind us, and two
-- of us cannot wait for each other.
DO $$
BEGIN
  LOOP
    BEGIN
      SET LOCAL lock_timeout = '500ms';
      LOCK TABLE
      "credential", "email_change", "group", "group_member", "group_role", "invitation", "invitation_group",
      "invitation_role", "membership", "membership_role", "organization", "password_reset", "permission",
      "plan", "plan_row", "preference", "receipt", "role", "role_permission", "session", "team",
      "team_member", "upload", "upload_row", "user", "user_role"
      IN ACCESS EXCLUSIVE MODE;
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      PERFORM pg_sleep(0.5);
    END;
  END LOOP;
END $$;

-- The keys of teams begin with the organization. Columns keep their names, so that an older replica goes on.
ALTER TABLE "team_member"
  DROP CONSTRAINT "team_member_team_id_organization_id_fkey",
  DROP CONSTRAINT "team_member_user_id_organization_id_fkey",
  DROP CONSTRAINT "team_member_user_id_fkey",
  DROP CONSTRAINT "team_member_pkey",
  ADD CONSTRAINT "team_member_pkey" PRIMARY KEY ("organization_id", "team_id", "user_id");

ALTER TABLE "team"
  DROP CONSTRAINT "team_pkey",
  ADD CONSTRAINT "team_pkey" PRIMARY KEY ("organization_id", "id");

DROP INDEX "team_id_organization_id_key";
DROP INDEX "team_member_user_id_idx";
CREATE INDEX "team_id_idx" ON "team"("id");

ALTER TABLE "role_permission"
  DROP CONSTRAINT "role_permission_role_id_fkey",
  DROP CONSTRAINT "role_permission_permission_fkey",
  ADD CONSTRAINT "role_permission_role_id_fkey"
    FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "role_permission_permission_fkey"
    FOREIGN KEY ("permission") REFERENCES "permission"("key") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "user_role"
  DROP CONSTRAINT "user_role_user_id_fkey",
  DROP CONSTRAINT "user_role_role_id_fkey",
  ADD CONSTRAINT "user_role_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "user_role_role_id_fkey"
    FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "group"
  DROP CONSTRAINT "group_organization_id_fkey",
  ADD CONSTRAINT "group_organization_id_fkey"
    FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "group_role"
  DROP CONSTRAINT "group_role_group_id_fkey",
  DROP CONSTRAINT "group_role_role_id_fkey",
  ADD CONSTRAINT "group_role_group_id_fkey"
    FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "group_role_role_id_fkey"
    FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "group_member"
  DROP CONSTRAINT "group_member_group_id_fkey",
  DROP CONSTRAINT "group_member_user_id_fkey",
  ADD CONSTRAINT "group_member_group_id_fkey"
    FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "group_member_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "email_change"
  DROP CONSTRAINT "email_change_user_id_fkey",
  ADD CONSTRAINT "email_change_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "invitation"
  DROP CONSTRAINT "invitation_user_id_fkey",
  DROP CONSTRAINT "invitation_organization_id_fkey",
  DROP CONSTRAINT "invitation_sender_id_fkey",
  ADD CONSTRAINT "invitation_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "invitation_organization_id_fkey"
    FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "invitation_sender_id_fkey"
    FOREIGN KEY ("sender_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "invitation_role"
  DROP CONSTRAINT "invitation_role_invitation_id_fkey",
  DROP CONSTRAINT "invitation_role_role_id_fkey",
  ADD CONSTRAINT "invitation_role_invitation_id_fkey"
    FOREIGN KEY ("invitation_id") REFERENCES "invitation"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "invitation_role_role_id_fkey"
    FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "invitation_group"
  DROP CONSTRAINT "invitation_group_invitation_id_fkey",
  DROP CONSTRAINT "invitation_group_group_id_fkey",
  ADD CONSTRAINT "invitation_group_invitation_id_fkey"
    FOREIGN KEY ("invitation_id") REFERENCES "invitation"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "invitation_group_group_id_fkey"
    FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "membership"
  DROP CONSTRAINT "membership_user_id_fkey",
  DROP CONSTRAINT "membership_organization_id_fkey",
  ADD CONSTRAINT "membership_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "membership_organization_id_fkey"
    FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "membership_role"
  DROP CONSTRAINT "membership_role_user_id_organization_id_fkey",
  DROP CONSTRAINT "membership_role_role_id_fkey",
  ADD CONSTRAINT "membership_role_user_id_organization_id_fkey"
    FOREIGN KEY ("user_id", "organization_id") REFERENCES "membership"("user_id", "organization_id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "membership_role_role_id_fkey"
    FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "team"
  DROP CONSTRAINT "team_organization_id_fkey",
  ADD CONSTRAINT "team_organization_id_fkey"
    FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "team_member"
  ADD CONSTRAINT "team_member_organization_id_team_id_fkey"
    FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID,
  ADD CONSTRAINT "team_member_user_id_organization_id_fkey"
    FOREIGN KEY ("user_id", "organization_id") REFERENCES "membership"("user_id", "organization_id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "credential"
  DROP CONSTRAINT "credential_user_id_fkey",
  ADD CONSTRAINT "credential_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "preference"
  DROP CONSTRAINT "preference_user_id_fkey",
  ADD CONSTRAINT "preference_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "session"
  DROP CONSTRAINT "session_user_id_fkey",
  ADD CONSTRAINT "session_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "password_reset"
  DROP CONSTRAINT "password_reset_user_id_fkey",
  ADD CONSTRAINT "password_reset_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "plan_row"
  DROP CONSTRAINT "plan_row_plan_id_fkey",
  ADD CONSTRAINT "plan_row_plan_id_fkey"
    FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "receipt"
  DROP CONSTRAINT "receipt_plan_id_fkey",
  ADD CONSTRAINT "receipt_plan_id_fkey"
    FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "upload"
  DROP CONSTRAINT "upload_plan_id_fkey",
  ADD CONSTRAINT "upload_plan_id_fkey"
    FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;

ALTER TABLE "upload_row"
  DROP CONSTRAINT "upload_row_plan_id_fkey",
  ADD CONSTRAINT "upload_row_plan_id_fkey"
    FOREIGN KEY ("plan_id") REFERENCES "upload"("plan_id") ON DELETE CASCADE ON UPDATE NO ACTION NOT VALID;
