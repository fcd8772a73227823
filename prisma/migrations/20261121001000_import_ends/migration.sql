-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "upload" ADD COLUMN     "heard_at" TIMESTAMPTZ(3) NOT NULL DEFAULT app_now();
