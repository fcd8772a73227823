-- CreateIndex
-- The list of organizations is filtered by status.
CREATE INDEX "organization_status_name_key_id_idx" ON "organization"("status", "name_key", "id");
