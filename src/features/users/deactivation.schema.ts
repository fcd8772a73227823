import { z } from 'zod';
import { isId } from '@/lib/ids';
import { reasonField } from '@/lib/reason';
import { returnPath } from '@/lib/redirects';

const noPerson = 'Open this form again from the person’s page.';
const personId = z.string(noPerson).refine(isId, noPerson);

const lastDay = z
  .string('Enter a date.')
  .trim()
  .refine((day) => day === '' || isDay(day), 'Enter a date such as 2027-01-31.')
  .transform((day) => (day === '' ? null : day))
  .default(null);

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

const returnTo = z.string('Go back and open this page again.').optional().transform(returnPath);

/** `again` undoes a reactivation, with the reason and the end date from before it. */
export const deactivateSchema = z.object({
  id: personId,
  reason: reasonField,
  until: lastDay,
  again: z.literal('yes', 'Leave this out.').optional(),
  returnTo,
});

export type DeactivateInput = Pick<z.output<typeof deactivateSchema>, 'id' | 'reason' | 'until'>;

export const reactivateSchema = z.object({ id: personId, reason: reasonField, returnTo });

export type ReactivateInput = Pick<z.output<typeof reactivateSchema>, 'id' | 'reason'>;
