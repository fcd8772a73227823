-- Lists inside an organization show members and open invitations as one ordered set. Generated from what the sender typed:
-- nothing of the account behind the address is in it. `never` is null in every row. It lets an index have the order of the
-- members who never signed in, so that both are merged without sorting. One statement rewrites the table once.
ALTER TABLE "invitation"
    ADD COLUMN "sort_name" TEXT COLLATE "C" NOT NULL
      GENERATED ALWAYS AS (fold(coalesce(nullif(btrim(first_name || ' ' || last_name), ''), email))) STORED,
    ADD COLUMN "never" TIMESTAMPTZ(3) GENERATED ALWAYS AS (NULL::timestamptz) STORED;

-- Of open ones only: the others are in no list of people. Counting reads the first alone.
CREATE INDEX "invitation_inside" ON "invitation" ("organization_id", "created_at", "id")
  INCLUDE ("search_text", "email") WHERE "state" = 'open';
CREATE INDEX "invitation_inside_name" ON "invitation" ("organization_id", "sort_name", "id") WHERE "state" = 'open';
CREATE INDEX "invitation_inside_email" ON "invitation" ("organization_id", "email", "id") WHERE "state" = 'open';
CREATE INDEX "invitation_inside_never" ON "invitation" ("organization_id", "never", "id") WHERE "state" = 'open';
