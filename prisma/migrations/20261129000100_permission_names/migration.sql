-- Hand-written: permissions are written in kebab-case, and suspending is called deactivating. Each key is inserted under
-- its new name, what roles hold of it moves along, and the old key goes.
INSERT INTO "permission" ("key", "application", "area", "description", "scoped")
SELECT renamed.key, p."application", p."area", p."description", p."scoped"
  FROM (VALUES ('users.suspend', 'users.deactivate'), ('users.setPassword', 'users.set-password')) AS renamed(earlier, key)
  JOIN "permission" p ON p."key" = renamed.earlier
    ON CONFLICT ("key") DO NOTHING;

INSERT INTO "role_permission" ("role_id", "permission")
SELECT rp."role_id", renamed.key
  FROM (VALUES ('users.suspend', 'users.deactivate'), ('users.setPassword', 'users.set-password')) AS renamed(earlier, key)
  JOIN "role_permission" rp ON rp."permission" = renamed.earlier
    ON CONFLICT DO NOTHING;

DELETE FROM "permission" WHERE "key" IN ('users.suspend', 'users.setPassword');
