-- Alone in its file, so that it may commit: others wait for five thousand rows at most.
DO $$
DECLARE
  reached uuid := '00000000-0000-0000-0000-000000000000';
  last_one uuid;
BEGIN
  LOOP
    SELECT b."user_id" INTO last_one FROM (
      SELECT m."user_id" FROM "membership" m WHERE m."user_id" > reached ORDER BY m."user_id" LIMIT 5000) b
     ORDER BY b."user_id" DESC LIMIT 1;
    EXIT WHEN last_one IS NULL;
    UPDATE "membership" m
       SET "sort_name" = u."sort_name", "search" = u."search", "first_key" = u."first_key", "last_key" = u."last_key"
      FROM "user" u
     WHERE m."user_id" > reached AND m."user_id" <= last_one AND u."id" = m."user_id"
       AND (m."sort_name", m."search", m."first_key", m."last_key") IS DISTINCT FROM (u."sort_name", u."search", u."first_key", u."last_key");
    COMMIT;
    reached := last_one;
  END LOOP;
END $$;
