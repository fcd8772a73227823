-- Hand-written: which key peppered a password, so that SECRET can be exchanged. Null for rows from before, and for those
-- that an older replica writes.
ALTER TABLE "credential" ADD COLUMN "key_id" TEXT;
