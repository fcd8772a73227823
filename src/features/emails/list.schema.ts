import { z } from 'zod';
import { firstOf, type SearchParams } from '@/lib/search-params';

export const emailStates = ['pending', 'sending', 'sent', 'failed', 'unknown', 'unsent'] as const;
export type EmailState = (typeof emailStates)[number];

const word = z.string().trim().min(1).max(254).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);

/** Where a page of the log ends: the row's time in milliseconds and its id. */
const cursor = z
  .string()
  .regex(/^\d{13}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((value) => ({ at: new Date(Number(value.slice(0, 13))), id: value.slice(14) }))
  .optional()
  .catch(undefined);

/** What the email log shows. */
const emailFilterSchema = z.object({
  state: z.enum(emailStates).optional().catch(undefined),
  template: word,
  recipient: word,
  from: day,
  to: day,
  before: cursor,
  after: cursor,
});

export type EmailFilter = z.output<typeof emailFilterSchema>;

/**
 * The filter in an address of the log's page, which calls the recipient `to` and the days as the filter bar does. What it
 * does not understand is left out, so an old link still opens.
 */
export function readEmailFilter(params: SearchParams): EmailFilter {
  const given = Object.fromEntries(Object.keys(params).map((name) => [name, firstOf(params, name)]));
  return emailFilterSchema.parse({ ...given, recipient: given.to, from: given.timeFrom, to: given.timeTo });
}

export const stateWords: Record<EmailState, string> = {
  pending: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  failed: 'Failed',
  unknown: 'Unknown',
  unsent: 'Not sent',
};

/** `password-reset` as people read it. */
export function templateWords(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
