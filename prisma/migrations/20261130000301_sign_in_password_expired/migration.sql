-- AlterEnum
-- Alone in its file: a new value cannot be used in the transaction that adds it.
ALTER TYPE "sign_in_result" ADD VALUE 'password_expired';
