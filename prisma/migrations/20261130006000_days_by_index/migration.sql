-- The hourly count of joins reads the days that may have changed, and not the whole table.
CREATE INDEX "membership_joined_at_idx" ON "membership"("joined_at");

-- Hand-written: invited people, who are most of an import, need no entry.
CREATE INDEX "user_activated_at" ON "user" ("activated_at") WHERE "activated_at" IS NOT NULL;
