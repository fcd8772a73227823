-- CreateIndex
CREATE INDEX "email_state_created_at_id_idx" ON "email"("state", "created_at", "id");

-- CreateIndex
CREATE INDEX "email_template_created_at_id_idx" ON "email"("template", "created_at", "id");

-- CreateIndex
CREATE INDEX "email_to_address_created_at_id_idx" ON "email"("to_address" text_pattern_ops, "created_at", "id");
