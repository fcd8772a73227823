-- AlterTable
ALTER TABLE "credential" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- Hand-written: initial passwords that nobody has changed yet get the same seven days, from when they were set.
UPDATE "credential" SET "expires_at" = "changed_at" + interval '7 days' WHERE "must_change";
