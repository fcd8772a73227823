-- AlterTable
-- Only a mailed link confirms the address. All but those an operator printed were mailed.
ALTER TABLE "password_reset" ADD COLUMN     "mailed" BOOLEAN NOT NULL DEFAULT true;
