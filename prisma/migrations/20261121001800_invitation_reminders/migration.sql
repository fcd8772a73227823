-- How far the reminders of the current version are: none, the first, the last.
ALTER TABLE "invitation" ADD COLUMN "reminded" SMALLINT NOT NULL DEFAULT 0;

-- Hand-written: what may still be reminded, by when its link ends.
CREATE INDEX "invitation_reminder" ON "invitation" ("expires_at") WHERE "state" = 'open' AND "reminded" < 2;
