import { z } from 'zod';
import { timeZones } from '@/lib/time-zones';

const isOn = z
  .string()
  .optional()
  .transform((value) => value === 'on');

export const preferencesSchema = z.object({
  timeZone: z
    .string('Choose a time zone from the list.')
    .refine((value) => value === '' || timeZones.includes(value), 'Choose a time zone from the list.')
    .transform((value) => value || null),
  dateFormat: z.enum(['words', 'month-first'], 'Choose how dates are written.'),
  singleKeys: isOn,
});

/** Off is sent explicitly, so that a request without the field does not switch the shortcuts off. */
export const singleKeysSchema = z.object({ singleKeys: z.enum(['on', 'off']).transform((value) => value === 'on') });

export type PreferencesInput = z.output<typeof preferencesSchema>;
