import { z } from 'zod';
import type { Permission } from '@/lib/permissions';
import type { JsonValue } from '@/server/db/sql';
import type { SystemWork, Work } from '@/server/work';

export type PlanState = 'preparing' | 'ready' | 'applying' | 'done' | 'cancelled' | 'failed';
export type PlanTone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

/** Why a plan ended before its time: its person lost the right, the disk is full, or its job failed again and again. */
export type PlanFailure = 'not_allowed' | 'disk_full' | 'stuck';

/** What can be said of a row before anything is done. Rows of verdicts that do not apply are left alone. */
export type Verdict = { key: string; label: string; tone: PlanTone; applies: boolean };

export type PlanHead = {
  id: string;
  kind: string;
  state: PlanState;
  organizationId: string | null;
  createdBy: string;
  params: JsonValue;
  counts: Record<string, number>;
  /** Rows there are to judge while preparing, rows there are to apply from then on. */
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

/** What became of one row. `did` is what the receipt counts, `reason` a code of the kind's own list. */
export type RowResult = {
  n: number;
  status: 'applied' | 'refused';
  subjectId?: string | null;
  did?: string;
  reason?: string;
};

/** Counts of a receipt: rows by what became of them, and what was done by name. */
export type ReceiptCounts = {
  applied: number;
  refused: number;
  skipped: number;
  /** Never reached, because the plan was cancelled or its person lost the right. */
  left: number;
  did: Record<string, number>;
};

/** Roles and groups that a plan hands out; a newer version of one makes the plan stale. */
export type HandsOut = { roles: string[]; groups: string[] };

/** What an import, a bulk change or a sync fix brings to the engine. */
export type PlanKind<P extends Permission> = {
  kind: string;
  permission: P;
  /** The queues of its two jobs. */
  validateQueue: string;
  applyQueue: string;
  verdicts: readonly Verdict[];
  handsOut(params: JsonValue): HandsOut;
  /** Applies up to 500 rows by set statements in one transaction, audits them, and says what became of each. */
  applyChunk(work: Work<P>, plan: PlanHead, rows: PendingRow[]): Promise<RowResult[]>;
  /** Last things in the transaction that writes the receipt. */
  finished?(work: Work<P>, plan: PlanHead, counts: ReceiptCounts): Promise<void>;
  /** Last things in the transaction that ends a plan before its time. */
  stopped?(work: SystemWork, plan: PlanHead): Promise<void>;
};

export const chunkRows = 500;

/** A row of a plan as an address names it. */
export const rowNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .optional()
  .catch(undefined);
