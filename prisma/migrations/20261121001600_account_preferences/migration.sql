-- AlterTable
ALTER TABLE "preference" ADD COLUMN     "date_format" TEXT NOT NULL DEFAULT 'words',
ADD COLUMN     "single_keys" BOOLEAN NOT NULL DEFAULT true;
