import { z } from 'zod';
import type { AuditAction } from '@/lib/audit-actions';
import type { Permission } from '@/lib/permissions';
import type { JsonValue } from '@/server/db/sql';
import type { Job } from '@/server/queue/define-job';
import type { SystemWork, Work } from '@/server/work';

export type PlanState = 'preparing' | 'ready' | 'applying' | 'done' | 'cancelled' | 'failed';
export type PlanTone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

export type PlanFailure = 'not_allowed' | 'disk_full' | 'stuck';

/** The outcome of validating a row. Rows are only applied if their verdict has `applies`. */
export type Verdict = { key: string; label: string; tone: PlanTone; applies: boolean };

export type PlanHead = {
  id: string;
  kind: string;
  state: PlanState;
  organizationId: string | null;
  createdBy: string;
  params: JsonValue;
  counts: Record<string, number>;
  /** Rows to validate while preparing, and rows to apply after that. */
  total: number;
  doneRows: number;
  epoch: number;
  hash: string | null;
  error: string | null;
};

export type PendingRow = {
  n: number;
  verdict: string;
  subjectId: string | null;
  subjectVersion: number | null;
  change: JsonValue;
};

/** The result of one row. The receipt counts by `did`. `reason` is a code that the kind defines. */
export type RowResult = {
  n: number;
  status: 'applied' | 'refused';
  subjectId?: string | null;
  did?: string;
  reason?: string;
};

export type ReceiptCounts = {
  applied: number;
  refused: number;
  skipped: number;
  left: number;
  did: Record<string, number>;
};

/** Ids of roles and groups that a plan grants. A newer version of one makes the plan stale. */
export type PlanGrants = { roles: string[]; groups: string[] };

/** A kind of plan has its own audit actions: `import.confirmed`, `import.sent_back` and so on. */
type PlanKindName = AuditAction extends infer A ? (A extends `${infer Kind}.sent_back` ? Kind : never) : never;

export const planJobInput = z.object({ id: z.uuid() });

export type PlanId = z.infer<typeof planJobInput>;
export type PlanJob = Job<typeof planJobInput>;

export type PlanKind<P extends Permission> = {
  kind: PlanKindName;
  permission: P;
  /** Validates the rows. */
  prepareJob: PlanJob;
  applyJob: PlanJob;
  verdicts: readonly Verdict[];
  handsOut(params: JsonValue): PlanGrants;
  /** Applies and audits up to 500 rows with set statements in one transaction. Returns one result for each row. */
  applyChunk(work: Work<P>, plan: PlanHead, rows: PendingRow[]): Promise<RowResult[]>;
  /** Runs last in the transaction that writes the receipt. */
  finished?(work: Work<P>, plan: PlanHead, counts: ReceiptCounts): Promise<void>;
  /** Runs last in the transaction of a failure. */
  stopped?(work: SystemWork, plan: PlanHead): Promise<void>;
};

export const chunkRows = 500;

export const rowNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .optional()
  .catch(undefined);
