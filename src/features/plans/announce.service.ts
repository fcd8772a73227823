import { type JsonObject, type Sql, sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Writes } from '@/server/work';

const justAnnounced = unscoped('a plan of this request, or one that the caller has locked');

export type NewPlan = {
  id: string;
  kind: string;
  organizationId: string | null;
  createdBy: string;
  /** What will be validated. Without it nobody works on the plan until `startPreparing`. */
  params?: JsonObject;
};

/** Makes a plan that is being prepared. `also` inserts in the same statement what the kind keeps beside its plan. */
export async function announcePlan(work: Writes, plan: NewPlan, also?: Sql) {
  const { id, kind, organizationId, createdBy, params } = plan;
  const workedAt = params ? sql`app_now()` : sql`NULL`;
  const announced = sql`
    INSERT INTO plan (id, kind, state, organization_id, created_by, params, worked_at)
    VALUES (${id}::uuid, ${kind}, 'preparing', ${organizationId}::uuid, ${createdBy}::uuid,
            ${JSON.stringify(params ?? {})}::jsonb, ${workedAt})`;
  await work.write(justAnnounced, also ? sql`WITH announced AS (${announced}) ${also}` : announced);
}

/** Ends plans that never became ready. There is nothing to count, so they get no receipt. */
export async function endUnprepared(work: Writes, ids: readonly string[], error: string) {
  await work.write(
    justAnnounced,
    sql`
      UPDATE plan SET state = 'failed', error = ${error}, finished_at = app_now() WHERE id = ANY(${[...ids]}::uuid[])`,
  );
}

/** Deletes a plan with all that belongs to it. */
export async function deletePlan(work: Writes, id: string) {
  await work.write(justAnnounced, (tables) => tables.plan.deleteMany({ where: { id } }));
}
