-- CreateEnum
CREATE TYPE "deactivated_by" AS ENUM ('platform', 'organization');

-- AlterTable
-- Existing deactivations keep NULL, as do those an older replica writes. It counts as the platform's: a wrong guess then
-- costs an organization one request to a System Admin, while the other guess would let it undo what the platform ended.
ALTER TABLE "user" ADD COLUMN     "deactivated_by" "deactivated_by";
