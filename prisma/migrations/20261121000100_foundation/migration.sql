-- What every table below stands on. The application's role gets its rights after the migrations, by name.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- The one clock. Tests replace this function to shift time; nothing else in SQL asks for now().
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT now() $$;

-- unaccent() is only STABLE because its dictionary could be changed; naming the dictionary makes a wrapper immutable,
-- which a stored column demands.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role_scope" AS ENUM ('platform', 'organization', 'both');

-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('user', 'system', 'operator', 'anonymous');

-- CreateEnum
CREATE TYPE "invitation_state" AS ENUM ('open', 'accepted', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "delivery" AS ENUM ('queued', 'sent', 'failed', 'bounced', 'opened');

-- CreateEnum
CREATE TYPE "email_state" AS ENUM ('pending', 'sending', 'sent', 'failed', 'unknown');

-- CreateEnum
CREATE TYPE "organization_status" AS ENUM ('active', 'inactive', 'archived');

-- CreateEnum
CREATE TYPE "team_role" AS ENUM ('member', 'lead');

-- CreateEnum
CREATE TYPE "user_status" AS ENUM ('invited', 'active', 'inactive', 'archived');

-- CreateEnum
CREATE TYPE "session_end" AS ENUM ('signed_out', 'replaced', 'password_changed', 'suspended', 'archived', 'revoked', 'expired');

-- CreateEnum
CREATE TYPE "sign_in_result" AS ENUM ('signed_in', 'unknown_address', 'wrong_password', 'no_password', 'invited', 'inactive', 'archived', 'throttled');

-- CreateEnum
CREATE TYPE "plan_state" AS ENUM ('preparing', 'ready', 'applying', 'done', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "plan_row_status" AS ENUM ('skipped', 'pending', 'applied', 'refused');

-- CreateTable
CREATE TABLE "permission" (
    "key" TEXT NOT NULL,
    "application" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "scoped" BOOLEAN NOT NULL,

    CONSTRAINT "permission_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "role" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "built_in" BOOLEAN NOT NULL DEFAULT false,
    "scope" "role_scope" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_permission" (
    "role_id" UUID NOT NULL,
    "permission" TEXT NOT NULL,

    CONSTRAINT "role_permission_pkey" PRIMARY KEY ("role_id","permission")
);

-- CreateTable
CREATE TABLE "user_role" (
    "user_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "granted_by" UUID,

    CONSTRAINT "user_role_pkey" PRIMARY KEY ("user_id","role_id")
);

-- CreateTable
CREATE TABLE "group" (
    "id" UUID NOT NULL,
    "organization_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_role" (
    "group_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,

    CONSTRAINT "group_role_pkey" PRIMARY KEY ("group_id","role_id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "added_by" UUID,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id","user_id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "action" TEXT NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "acted_as_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID,
    "organization_id" UUID,
    "request_id" TEXT,
    "detail_hash" BYTEA NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_detail" (
    "event_id" UUID NOT NULL,
    "person_id" UUID,
    "salt" BYTEA NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "audit_detail_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "audit_seal" (
    "id" BIGSERIAL NOT NULL,
    "last_seq" BIGINT NOT NULL,
    "count" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organization_id" UUID,
    "sender_id" UUID,
    "state" "invitation_state" NOT NULL DEFAULT 'open',
    "delivery" "delivery" NOT NULL DEFAULT 'queued',
    "version" INTEGER NOT NULL DEFAULT 1,
    "token_hash" BYTEA NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL,
    "held_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "sent_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation_role" (
    "invitation_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,

    CONSTRAINT "invitation_role_pkey" PRIMARY KEY ("invitation_id","role_id")
);

-- CreateTable
CREATE TABLE "invitation_group" (
    "invitation_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "invitation_group_pkey" PRIMARY KEY ("invitation_id","group_id")
);

-- CreateTable
CREATE TABLE "email" (
    "id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "to_address" TEXT NOT NULL,
    "to_name" TEXT NOT NULL DEFAULT '',
    "user_id" UUID,
    "organization_id" UUID,
    "subject_type" TEXT,
    "subject_id" UUID,
    "dedupe_key" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "state" "email_state" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "last_error" TEXT,
    "response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(name)) STORED,
    "slug" TEXT NOT NULL,
    "status" "organization_status" NOT NULL DEFAULT 'active',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "added_by" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "email" TEXT COLLATE "C" NOT NULL,
    "sort_name" TEXT COLLATE "C" NOT NULL,
    "search" TEXT COLLATE "C" NOT NULL,
    "first_key" TEXT COLLATE "C" NOT NULL,
    "last_key" TEXT COLLATE "C" NOT NULL,
    "status" "user_status" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_sign_in_at" TIMESTAMPTZ(3),
    "last_activity_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("user_id","organization_id")
);

-- CreateTable
CREATE TABLE "membership_role" (
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "role_id" UUID NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "granted_by" UUID,

    CONSTRAINT "membership_role_pkey" PRIMARY KEY ("user_id","organization_id","role_id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_member" (
    "team_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "team_role" NOT NULL DEFAULT 'member',

    CONSTRAINT "team_member_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "first_name" TEXT NOT NULL DEFAULT '',
    "last_name" TEXT NOT NULL DEFAULT '',
    "phone" TEXT,
    "extension" TEXT,
    "status" "user_status" NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "sort_name" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(coalesce(nullif(btrim(first_name || ' ' || last_name), ''), email))) STORED,
    "search" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(first_name || ' ' || last_name || ' ' || email)) STORED,
    "first_key" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(first_name)) STORED,
    "last_key" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(last_name)) STORED,
    "email_verified_at" TIMESTAMPTZ(3),
    "activated_at" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "last_activity_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "suspended_until" TIMESTAMPTZ(3),
    "suspended_reason" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "archived_status" "user_status",
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "user_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "must_change" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "credential_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "preference" (
    "user_id" UUID NOT NULL,
    "time_zone" TEXT,
    "lists" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "preference_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_as" "session_end",

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "email" TEXT NOT NULL,
    "user_id" UUID,
    "result" "sign_in_result" NOT NULL,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "password_reset" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "plan_state" NOT NULL DEFAULT 'preparing',
    "organization_id" UUID,
    "created_by" UUID NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "counts" JSONB NOT NULL DEFAULT '{}',
    "total" INTEGER NOT NULL DEFAULT 0,
    "hash" BYTEA,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "done_rows" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "undo_of" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "confirmed_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_row" (
    "plan_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "subject_id" UUID,
    "subject_version" INTEGER,
    "label" TEXT NOT NULL DEFAULT '',
    "change" JSONB NOT NULL DEFAULT '{}',
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "status" "plan_row_status" NOT NULL DEFAULT 'pending',
    "result" JSONB,

    CONSTRAINT "plan_row_pkey" PRIMARY KEY ("plan_id","n")
);

-- CreateTable
CREATE TABLE "receipt" (
    "plan_id" UUID NOT NULL,
    "counts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now(),
    "undo_until" TIMESTAMPTZ(3),

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("plan_id")
);

-- CreateTable
CREATE TABLE "upload" (
    "plan_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "size" BIGINT NOT NULL DEFAULT 0,
    "encoding" TEXT NOT NULL DEFAULT '',
    "delimiter" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT 'unknown',
    "columns" JSONB NOT NULL DEFAULT '[]',
    "header" TEXT[],
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "sha256" BYTEA,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("plan_id")
);

-- CreateTable
CREATE TABLE "upload_row" (
    "plan_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "fields" TEXT[],
    "problem" TEXT,

    CONSTRAINT "upload_row_pkey" PRIMARY KEY ("plan_id","n")
);

-- CreateIndex
CREATE UNIQUE INDEX "role_key_key" ON "role"("key");

-- CreateIndex
CREATE UNIQUE INDEX "role_name_key" ON "role"("name");

-- CreateIndex
CREATE INDEX "role_permission_permission_idx" ON "role_permission"("permission");

-- CreateIndex
CREATE INDEX "user_role_role_id_user_id_idx" ON "user_role"("role_id", "user_id");

-- CreateIndex
CREATE INDEX "group_organization_id_name_idx" ON "group"("organization_id", "name");

-- CreateIndex
CREATE INDEX "group_role_role_id_idx" ON "group_role"("role_id");

-- CreateIndex
CREATE INDEX "group_member_user_id_group_id_idx" ON "group_member"("user_id", "group_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_id_key" ON "audit_event"("id");

-- CreateIndex
CREATE INDEX "audit_event_actor_id_seq_idx" ON "audit_event"("actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_subject_id_seq_idx" ON "audit_event"("subject_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_action_seq_idx" ON "audit_event"("action", "seq");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_seq_idx" ON "audit_event"("organization_id", "seq");

-- CreateIndex
CREATE INDEX "audit_event_at_seq_idx" ON "audit_event"("at", "seq");

-- CreateIndex
CREATE INDEX "audit_detail_person_id_idx" ON "audit_detail"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_last_seq_key" ON "audit_seal"("last_seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_hash_key" ON "audit_seal"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_created_at_id_idx" ON "invitation"("created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_state_created_at_id_idx" ON "invitation"("state", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_created_at_id_idx" ON "invitation"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_state_created_at_id_idx" ON "invitation"("organization_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_user_id_idx" ON "invitation"("user_id");

-- CreateIndex
CREATE INDEX "invitation_sender_id_idx" ON "invitation"("sender_id");

-- CreateIndex
CREATE INDEX "invitation_role_role_id_idx" ON "invitation_role"("role_id");

-- CreateIndex
CREATE INDEX "invitation_group_group_id_idx" ON "invitation_group"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "email_dedupe_key_key" ON "email"("dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "email_message_id_key" ON "email"("message_id");

-- CreateIndex
CREATE INDEX "email_state_next_attempt_at_idx" ON "email"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "email_created_at_id_idx" ON "email"("created_at", "id");

-- CreateIndex
CREATE INDEX "email_organization_id_created_at_id_idx" ON "email"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "email_subject_type_subject_id_idx" ON "email"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "email_user_id_idx" ON "email"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "organization_name_key_id_idx" ON "organization"("name_key", "id");

-- CreateIndex
CREATE INDEX "membership_organization_id_created_at_user_id_idx" ON "membership"("organization_id", "created_at", "user_id");

-- CreateIndex
CREATE INDEX "membership_organization_id_sort_name_user_id_idx" ON "membership"("organization_id", "sort_name", "user_id");

-- CreateIndex
CREATE INDEX "membership_organization_id_email_user_id_idx" ON "membership"("organization_id", "email", "user_id");

-- CreateIndex
CREATE INDEX "membership_organization_id_status_created_at_user_id_idx" ON "membership"("organization_id", "status", "created_at", "user_id");

-- CreateIndex
CREATE INDEX "membership_organization_id_last_sign_in_at_user_id_idx" ON "membership"("organization_id", "last_sign_in_at", "user_id");

-- CreateIndex
CREATE INDEX "membership_organization_id_last_activity_at_user_id_idx" ON "membership"("organization_id", "last_activity_at", "user_id");

-- CreateIndex
CREATE INDEX "membership_last_sign_in_desc" ON "membership"("organization_id", "last_sign_in_at" DESC NULLS LAST, "user_id" DESC);

-- CreateIndex
CREATE INDEX "membership_last_activity_desc" ON "membership"("organization_id", "last_activity_at" DESC NULLS LAST, "user_id" DESC);

-- CreateIndex
CREATE INDEX "membership_role_role_id_organization_id_user_id_idx" ON "membership_role"("role_id", "organization_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_id_organization_id_key" ON "team"("id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "team_organization_id_name_key" ON "team"("organization_id", "name");

-- CreateIndex
CREATE INDEX "team_member_user_id_idx" ON "team_member"("user_id");

-- CreateIndex
CREATE INDEX "team_member_user_id_organization_id_idx" ON "team_member"("user_id", "organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "user_created_at_id_idx" ON "user"("created_at", "id");

-- CreateIndex
CREATE INDEX "user_sort_name_id_idx" ON "user"("sort_name", "id");

-- CreateIndex
CREATE INDEX "user_email_id_idx" ON "user"("email", "id");

-- CreateIndex
CREATE INDEX "user_status_created_at_id_idx" ON "user"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "user_status_sort_name_id_idx" ON "user"("status", "sort_name", "id");

-- CreateIndex
CREATE INDEX "user_last_sign_in_at_id_idx" ON "user"("last_sign_in_at", "id");

-- CreateIndex
CREATE INDEX "user_last_activity_at_id_idx" ON "user"("last_activity_at", "id");

-- CreateIndex
CREATE INDEX "user_last_sign_in_desc" ON "user"("last_sign_in_at" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "user_last_activity_desc" ON "user"("last_activity_at" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_user_id_created_at_idx" ON "session"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_user_id_at_idx" ON "sign_in_attempt"("user_id", "at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_email_at_idx" ON "sign_in_attempt"("email", "at");

-- CreateIndex
CREATE UNIQUE INDEX "password_reset_token_hash_key" ON "password_reset"("token_hash");

-- CreateIndex
CREATE INDEX "password_reset_user_id_idx" ON "password_reset"("user_id");

-- CreateIndex
CREATE INDEX "plan_kind_created_at_id_idx" ON "plan"("kind", "created_at", "id");

-- CreateIndex
CREATE INDEX "plan_created_by_created_at_id_idx" ON "plan"("created_by", "created_at", "id");

-- CreateIndex
CREATE INDEX "plan_organization_id_created_at_id_idx" ON "plan"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "plan_row_plan_id_verdict_n_idx" ON "plan_row"("plan_id", "verdict", "n");

-- CreateIndex
CREATE INDEX "plan_row_plan_id_status_n_idx" ON "plan_row"("plan_id", "status", "n");

-- CreateIndex
CREATE INDEX "plan_row_subject_id_idx" ON "plan_row"("subject_id");

-- AddForeignKey
ALTER TABLE "role_permission" ADD CONSTRAINT "role_permission_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_permission" ADD CONSTRAINT "role_permission_permission_fkey" FOREIGN KEY ("permission") REFERENCES "permission"("key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_role" ADD CONSTRAINT "user_role_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_role" ADD CONSTRAINT "user_role_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group" ADD CONSTRAINT "group_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_role" ADD CONSTRAINT "group_role_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_role" ADD CONSTRAINT "group_role_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_sender_id_fkey" FOREIGN KEY ("sender_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_role" ADD CONSTRAINT "invitation_role_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_role" ADD CONSTRAINT "invitation_role_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_group" ADD CONSTRAINT "invitation_group_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_group" ADD CONSTRAINT "invitation_group_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_role" ADD CONSTRAINT "membership_role_user_id_organization_id_fkey" FOREIGN KEY ("user_id", "organization_id") REFERENCES "membership"("user_id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_role" ADD CONSTRAINT "membership_role_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_organization_id_fkey" FOREIGN KEY ("team_id", "organization_id") REFERENCES "team"("id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_user_id_organization_id_fkey" FOREIGN KEY ("user_id", "organization_id") REFERENCES "membership"("user_id", "organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preference" ADD CONSTRAINT "preference_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload_row" ADD CONSTRAINT "upload_row_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "upload"("plan_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Hand-written: what the schema language cannot say.

-- Search: any part of a name or address through trigrams, one or two letters through beginnings (columns collate "C").
CREATE INDEX "user_search_trgm" ON "user" USING gin ("search" gin_trgm_ops);
CREATE INDEX "user_first_key_idx" ON "user" ("first_key");
CREATE INDEX "user_last_key_idx" ON "user" ("last_key");
CREATE INDEX "membership_search_trgm" ON "membership" USING gin ("organization_id", "search" gin_trgm_ops);
CREATE INDEX "membership_first_key_idx" ON "membership" ("organization_id", "first_key");
CREATE INDEX "membership_last_key_idx" ON "membership" ("organization_id", "last_key");
CREATE INDEX "organization_name_trgm" ON "organization" USING gin ("name_key" gin_trgm_ops);

-- At most one open invitation a person and organization, whoever asks at the same time.
CREATE UNIQUE INDEX "invitation_open_once" ON "invitation"
  ("user_id", coalesce("organization_id", '00000000-0000-0000-0000-000000000000'::uuid)) WHERE "state" = 'open';
CREATE UNIQUE INDEX "group_name_once" ON "group"
  (coalesce("organization_id", '00000000-0000-0000-0000-000000000000'::uuid), fold("name"));

ALTER TABLE "user" ADD CONSTRAINT "user_email_canonical" CHECK ("email" = lower("email") AND "email" !~ '[[:space:]]');
ALTER TABLE "user" ADD CONSTRAINT "user_archived_whole"
  CHECK (("status" = 'archived') = ("archived_at" IS NOT NULL) AND ("status" = 'archived') = ("archived_status" IS NOT NULL));
ALTER TABLE "organization" ADD CONSTRAINT "organization_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');
