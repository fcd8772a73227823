-- Hand-written. The final sigma and other forms of one letter fold to one; signs become letters that no name has; phone
-- numbers are searched. Rewrites the table of people: with a million of them everybody waits for about a minute.

-- All tables or none, without a queue behind us: see 20261130000100_teams_and_foreign_keys.
DO $$
BEGIN
  LOOP
    BEGIN
      SET LOCAL lock_timeout = '500ms';
      LOCK TABLE "group", "invitation", "organization", "user" IN ACCESS EXCLUSIVE MODE;
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      PERFORM pg_sleep(0.5);
    END;
  END LOOP;
END $$;
SET LOCAL maintenance_work_mem = '256MB';

CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT translate(lower(public.unaccent('public.unaccent'::regdictionary, value) COLLATE pg_catalog."default"), 'ςϐϖϰϱϵ', 'σβπκρε') $$;

-- Trigrams have no capitals. Latin ones were mistaken for letters: "zac" led to every address with "@ac" in it.
CREATE OR REPLACE FUNCTION searchable(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT translate(value, ' .@-_''+,&()/%\!"#$*:;<=>?[]^`{|}~', 'ԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖΘΛΞΠΦ') $$;

-- Letters too, so that the digits of an address are not mistaken for a number.
CREATE FUNCTION phone_letters(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT translate(value, '0123456789+', 'ԱԲԳԴԵԶԷԸԹԺ') $$;

-- It still contains what an older replica looks for. Its index follows in the next migration, while others read.
ALTER TABLE "user" DROP COLUMN "search";
ALTER TABLE "user" ADD COLUMN "search" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS
  (searchable(fold(' ' || first_name || ' ' || last_name || ' ' || email) || ' ') || coalesce(phone_letters(phone), '')) STORED;

-- An older replica reads "search". Here two blanks stand before each name and the address: with the letter after them
-- they are a trigram, so a single letter needs no index of its own.
ALTER TABLE "invitation" ADD COLUMN "search_text" TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS
  (searchable(fold('  ' || first_name || '  ' || last_name || '  ' || email) || ' ') || coalesce(phone_letters(phone), '')) STORED;
DROP INDEX "invitation_search_idx";
DROP INDEX "invitation_search_trgm";
CREATE INDEX "invitation_search_trgm" ON "invitation" USING gin ("organization_id", "search_text" gin_trgm_ops);

-- Two groups whose names differed only in such a letter have the same name now: the newer one is told apart by its id.
DROP INDEX "group_name_once";
UPDATE "group" g SET "name" = g."name" || ' (' || right(g."id"::text, 6) || ')'
  FROM (SELECT "id", row_number() OVER (PARTITION BY "organization_id", fold("name") ORDER BY "id") AS n FROM "group") same
 WHERE same."id" = g."id" AND same.n > 1;
CREATE UNIQUE INDEX "group_name_once" ON "group"
  (coalesce("organization_id", '00000000-0000-0000-0000-000000000000'::uuid), fold("name"));

-- Stored keys are made anew only when a row is written.
UPDATE "user" SET "first_name" = "first_name" WHERE "first_key" ~ '[ςϐϖϰϱϵ]' OR "last_key" ~ '[ςϐϖϰϱϵ]';
UPDATE "organization" SET "name" = "name" WHERE "name_key" ~ '[ςϐϖϰϱϵ]';
UPDATE "group" SET "name" = "name" WHERE "name_key" ~ '[ςϐϖϰϱϵ]';
