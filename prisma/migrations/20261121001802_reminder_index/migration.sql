-- Hand-written: only what may still be reminded, in the two ranges that are asked for.
DROP INDEX "invitation_reminder";
CREATE INDEX "invitation_reminder" ON "invitation" ("reminded", "expires_at")
    WHERE "state" = 'open' AND "reminded" < 2 AND "held_since" IS NULL AND "delivery" IN ('sent', 'opened');
