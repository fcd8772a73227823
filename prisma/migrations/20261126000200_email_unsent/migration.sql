-- AlterEnum
-- Alone in its file: a new value cannot be used in the transaction that adds it.
ALTER TYPE "email_state" ADD VALUE 'unsent';
