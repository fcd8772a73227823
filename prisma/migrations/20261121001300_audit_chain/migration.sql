-- What a seal's digest is over, so that a difference can be laid at one event's door. Seals made before have none.
ALTER TABLE "audit_seal" ADD COLUMN "event_hashes" BYTEA;

-- Newest first goes by time, then by number: a span of time is then a part of every index, wherever it lies.
DROP INDEX "audit_event_actor_id_seq_idx";
DROP INDEX "audit_event_subject_id_seq_idx";
DROP INDEX "audit_event_action_seq_idx";
DROP INDEX "audit_event_organization_id_seq_idx";
CREATE INDEX "audit_event_actor_id_action_at_seq_idx" ON "audit_event" ("actor_id", "action", "at", "seq");
CREATE INDEX "audit_event_subject_id_action_at_seq_idx" ON "audit_event" ("subject_id", "action", "at", "seq");
CREATE INDEX "audit_event_action_at_seq_idx" ON "audit_event" ("action", "at", "seq");
CREATE INDEX "audit_event_organization_id_at_seq_idx" ON "audit_event" ("organization_id", "at", "seq");
CREATE INDEX "audit_event_organization_id_actor_id_at_seq_idx" ON "audit_event" ("organization_id", "actor_id", "at", "seq");

DROP INDEX "audit_detail_person_id_idx";
CREATE INDEX "audit_detail_person_id_event_id_idx" ON "audit_detail" ("person_id", "event_id");
