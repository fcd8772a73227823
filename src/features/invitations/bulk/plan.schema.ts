import { z } from 'zod';
import { rowNumber, type Verdict } from '@/features/plans/plan.schema';
import { isId } from '@/lib/ids';
import { obstacleText } from '@/lib/obstacle-words';
import type { JsonValue } from '@/server/db/sql';
import { invitationMatchSchema } from '../list.schema';

const bulkActions = ['resend', 'confirm', 'cancel'] as const;
export type BulkAction = (typeof bulkActions)[number];

export const bulkShownDays = 7;

const maxChosen = 500;

const chosenIds = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z
    .array(z.string())
    .max(maxChosen, `Choose at most ${maxChosen} rows, or all that match.`)
    .transform((ids) => [...new Set(ids.filter(isId))]),
);

export const planBulkSchema = invitationMatchSchema
  .extend({
    do: z.enum(bulkActions, { error: 'Use one of the buttons.' }),
    all: z.literal('1').optional().catch(undefined),
    ids: chosenIds,
  })
  .transform(({ do: action, all, ids, ...filter }): BulkParams => ({ action, selection: all ? { filter } : { ids } }));

const idField = z.string({ error: 'Open this page again.' }).refine(isId, 'Open this page again.');

export const bulkIdSchema = z.object({ id: idField });

export const confirmBulkSchema = z.object({
  id: idField,
  hash: z.string({ error: 'Open this page again.' }).regex(/^[0-9a-f]{64}$/, 'Open this page again.'),
  typed: z.string().max(100).optional().catch(undefined),
});

export type ConfirmBulk = z.output<typeof confirmBulkSchema>;

const storedParamsSchema = z.object({
  // Stored under its earlier name, which existing plans have and older replicas read.
  deed: z.enum(bulkActions),
  selection: z.union([z.object({ ids: z.array(z.string()) }), z.object({ filter: invitationMatchSchema })]),
});

type StoredParams = z.output<typeof storedParamsSchema>;
export type BulkParams = { action: BulkAction; selection: StoredParams['selection'] };
export type Selection = BulkParams['selection'];

export function readBulkParams(params: JsonValue): BulkParams {
  const { deed: action, selection } = storedParamsSchema.parse(params);
  return { action, selection };
}

export function storedBulkParams({ action, selection }: BulkParams): StoredParams {
  return { deed: action, selection };
}

export const bulkVerdicts = [
  { key: 'apply', label: 'To do', tone: 'good', applies: true },
  { key: 'unchanged', label: 'Nothing to do', tone: 'neutral', applies: false },
  { key: 'too_often', label: 'Too often today', tone: 'warn', applies: false },
  { key: 'not_allowed', label: 'Not allowed', tone: 'bad', applies: false },
] as const satisfies readonly Verdict[];

const reasons = {
  ...obstacleText,
  not_pending: 'This invitation was accepted or cancelled.',
  not_held: 'This invitation needs no confirmation.',
  not_allowed: 'You cannot change invitations of this organization.',
  changed: 'This invitation was resent, answered or cancelled after the review.',
  quota: 'This organization has used up its emails for this hour. Resend it later.',
  gone: 'This invitation no longer exists, or you cannot change it.',
} as const;

export type BulkReason = keyof typeof reasons;

export function bulkReasonText(code: string): string {
  return Object.hasOwn(reasons, code) ? reasons[code as BulkReason] : 'This row was refused.';
}

export const bulkReviewSchema = z.object({
  verdict: z.enum(['apply', 'unchanged', 'too_often', 'not_allowed', 'refused', 'left']).optional().catch(undefined),
  before: rowNumber,
  after: rowNumber,
});
