-- AlterTable
-- People archived before keep NULL, as do those an older replica archives and those whose last invitation is cancelled.
-- It counts as the platform's, like "deactivated_by".
ALTER TABLE "user" ADD COLUMN     "archived_by" "deactivated_by",
ADD COLUMN     "archived_reason" TEXT;
