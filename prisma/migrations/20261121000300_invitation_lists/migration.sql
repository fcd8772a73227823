-- What the sender typed stays with the invitation: it must not show the name of somebody outside the sender's view.
ALTER TABLE "invitation"
    ADD COLUMN "first_name" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "last_name" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "phone" TEXT,
    ADD COLUMN "search" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(first_name || ' ' || last_name || ' ' || email)) STORED;

-- DropIndex
DROP INDEX "invitation_sender_id_idx";

-- CreateIndex
CREATE INDEX "invitation_state_delivery_created_at_id_idx" ON "invitation"("state", "delivery", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_organization_id_state_delivery_created_at_id_idx" ON "invitation"("organization_id", "state", "delivery", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_state_expires_at_idx" ON "invitation"("state", "expires_at");

-- CreateIndex
CREATE INDEX "invitation_sender_id_created_at_id_idx" ON "invitation"("sender_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "invitation_search_idx" ON "invitation"("search");

-- Hand-written: beginnings of an address; any part of a name or address, everywhere or in one organization; the few that wait for somebody else.
CREATE INDEX "invitation_email_start" ON "invitation" ("email" text_pattern_ops);
CREATE INDEX "invitation_search_trgm" ON "invitation" USING gin ("organization_id", "search" gin_trgm_ops);
CREATE INDEX "invitation_held" ON "invitation" ("organization_id", "created_at", "id") WHERE "held_since" IS NOT NULL AND "state" = 'open';
