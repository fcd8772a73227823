-- Archived people signed in long ago: by the time alone, everybody else came before the first of them.
CREATE INDEX "user_status_last_sign_in_at_id_idx" ON "user"("status", "last_sign_in_at", "id");
CREATE INDEX "user_status_last_activity_at_id_idx" ON "user"("status", "last_activity_at", "id");
