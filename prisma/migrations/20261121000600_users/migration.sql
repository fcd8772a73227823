-- Addresses collate "C", and what is put together with one inherits that: lower() then knew ASCII alone, and a name in
-- Cyrillic or Greek could only be found by its capitals. The function now says which letters it means.
CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value) COLLATE pg_catalog."default") $$;

-- Stored keys are made anew only when a row is written.
UPDATE "user" SET "first_name" = "first_name";
UPDATE "invitation" SET "first_name" = "first_name";
UPDATE "membership" m
   SET "sort_name" = u."sort_name", "search" = u."search", "first_key" = u."first_key", "last_key" = u."last_key"
  FROM "user" u WHERE u."id" = m."user_id";

-- Every five minutes: whose suspension is over? Few have an end, so the index is a few pages.
CREATE INDEX "user_suspended_until" ON "user" (("suspended_until")) WHERE "suspended_until" IS NOT NULL;
