-- AlterTable
ALTER TABLE "invitation" ADD COLUMN     "imported" BOOLEAN NOT NULL DEFAULT false;

-- Hand-written: what was invited by hand within the hour, beside however many came by a file.
CREATE INDEX "invitation_by_hand_sender" ON "invitation" ("sender_id", "created_at") WHERE NOT "imported";
CREATE INDEX "invitation_by_hand_organization" ON "invitation" ("organization_id", "created_at") WHERE NOT "imported";
