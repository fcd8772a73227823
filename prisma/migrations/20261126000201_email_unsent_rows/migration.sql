-- Hand-written: mails that were not sent on purpose counted as failures until now.
UPDATE "email" SET "state" = 'unsent' WHERE "state" = 'failed' AND "last_error" LIKE 'Not sent:%';
