import { describe, test } from 'vitest';
import { join, sql } from '@/server/db/sql';
import type { SystemTools } from '@/server/job';
import { unscoped, within } from '@/server/scope';
import { authorize, type Can, type SystemWork } from '@/server/work';

// Checked by the compiler. Nothing here runs.
declare const can: Can<'users.read'>;
declare const work: SystemWork;
declare const isAll: boolean;

describe('a statement', () => {
  test('carries the scope of its reader', () => {
    const inside = within(can, 'users.read', sql`m.organization_id`);
    void can.read(sql`SELECT 1 FROM membership m WHERE ${inside}`);
    void can.read(sql`WITH page AS (${sql`SELECT 1 FROM membership m WHERE true AND ${inside}`}) SELECT 1 FROM page`);
    void can.read(join([sql`SELECT 1 WHERE ${inside}`, sql`SELECT 2 WHERE ${inside}`], ' UNION ALL '));
    // @ts-expect-error the scope was forgotten
    void can.read(sql`SELECT 1 FROM membership m`);
    // @ts-expect-error the scope is left out in one case
    void can.read(sql`SELECT 1 FROM membership m WHERE ${isAll ? sql`true` : inside}`);
    // @ts-expect-error one half has no scope
    void can.read(join([sql`SELECT 1 WHERE ${inside}`, sql`SELECT 2`], ' UNION ALL '));
    // @ts-expect-error the handle does not have this permission
    void can.read(sql`SELECT 1 FROM audit_event e WHERE ${within(can, 'audit.read', sql`e.organization_id`)}`);
  });

  test('or says why it needs none', () => {
    void can.read(unscoped('own account'), sql`SELECT 1 FROM "user" u WHERE u.id = ${can.actor.id}::uuid`);
    void work.write(unscoped('a job of the system'), sql`DELETE FROM session`);
    // @ts-expect-error a reason is made by unscoped()
    void can.read('own account', sql`SELECT 1 FROM "user"`);
    // @ts-expect-error a change needs a reason or a scope as well
    void work.write(sql`DELETE FROM session`);
  });

  test('cannot change anything through a reading handle', () => {
    // @ts-expect-error only a unit of work writes
    void can.write(unscoped('own account'), sql`DELETE FROM session`);
    // @ts-expect-error the tables of a reading handle only read
    void can.read(unscoped('own account'), (tables) => tables.session.deleteMany({}));
  });
});

test('no handle has a bare client', async () => {
  const anybody = await authorize('public');
  // @ts-expect-error a page cannot read credentials through the handle of a public page
  void anybody.db.credential.findMany();
  // @ts-expect-error nor can a query
  void can.db;
  // @ts-expect-error nor a unit of work
  void work.db;
});

test('a unit of a job is audited unless the definition of the job says otherwise', () => {
  const { unit } = {} as SystemTools;
  // @ts-expect-error the job declares it
  void unit(async () => 1, { exempt: true });
});
