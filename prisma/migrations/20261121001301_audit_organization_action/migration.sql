-- One kind of event inside an organization, however rare there and however common elsewhere.
CREATE INDEX "audit_event_organization_id_action_at_seq_idx" ON "audit_event" ("organization_id", "action", "at", "seq");
