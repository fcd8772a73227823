import { z } from 'zod';

export const waitingKeys = [
  'first-organization',
  'held',
  'bounced',
  'failed',
  'unanswered',
  'expired',
  'bulk',
  'imports-columns',
  'imports-ready',
  'imports-failed',
  'emails-failed',
] as const;
export type WaitingKey = (typeof waitingKeys)[number];

/** `more`: until there are new ones. `no`: shows it again. */
export const hidingChoices = { day: 'Until tomorrow', week: 'For a week', more: 'Until there are new ones' } as const;

export const hidingSchema = z.object({
  item: z.enum(waitingKeys, 'Choose something that waits.'),
  until: z.enum(['day', 'week', 'more', 'no'], 'Choose for how long.'),
  count: z.coerce.number().int().min(0).max(100_000).default(0),
});

export type HidingInput = z.output<typeof hidingSchema>;

/** What a person hid: when, how many there were then, and until when; null until there are new ones. */
export type Hiding = { at: string; count: number; until: string | null };

const storedSchema = z.record(
  z.string(),
  z.object({ at: z.iso.datetime(), count: z.number(), until: z.iso.datetime().nullable() }),
);

/** What is stored beside the person's lists; anything else counts as nothing. */
export function readHidings(lists: unknown): Partial<Record<string, Hiding>> {
  const saved = typeof lists === 'object' && lists !== null && 'home' in lists ? lists.home : {};
  const read = storedSchema.safeParse(saved);
  return read.success ? read.data : {};
}
