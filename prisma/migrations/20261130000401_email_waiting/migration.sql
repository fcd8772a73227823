-- What waits in an organization, and what it sent last: thousands of emails may wait there for their hour.
CREATE INDEX "email_organization_id_state_next_attempt_at_idx" ON "email"("organization_id", "state", "next_attempt_at");
