-- AlterTable
ALTER TABLE "email_change" ADD COLUMN     "consent_hash" BYTEA,
ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "agreed_at" TIMESTAMPTZ(3),
ADD COLUMN     "takes_effect_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "email_change_consent_hash_key" ON "email_change"("consent_hash");

-- Hand-written: the changes that wait for their time, soonest first.
CREATE INDEX "email_change_due" ON "email_change" ("takes_effect_at") WHERE "ended_at" IS NULL AND "takes_effect_at" IS NOT NULL;
