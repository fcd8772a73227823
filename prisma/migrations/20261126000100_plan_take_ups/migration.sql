-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "take_ups" INTEGER NOT NULL DEFAULT 0;
