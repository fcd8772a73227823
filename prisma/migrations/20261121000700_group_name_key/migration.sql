-- Groups are offered and matched by their folded name; at thousands of groups folding each one anew shows on every page.
ALTER TABLE "group" ADD COLUMN "name_key" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold(name)) STORED;

DROP INDEX "group_name_once";
CREATE UNIQUE INDEX "group_name_once" ON "group"
  (coalesce("organization_id", '00000000-0000-0000-0000-000000000000'::uuid), "name_key");

DROP INDEX "group_organization_id_name_idx";
CREATE INDEX "group_name_key_id_idx" ON "group" ("name_key", "id");
CREATE INDEX "group_organization_id_name_key_id_idx" ON "group" ("organization_id", "name_key", "id");
