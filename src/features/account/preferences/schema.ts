import { z } from 'zod';

// V8 lists some zones by the names they had before; both names mean the same everywhere.
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

/** The zones this server can write times in, by their IANA names; UTC, which the list may leave out, first. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone')
    .filter((name) => name !== 'UTC')
    .map((name) => renamed[name] ?? name)
    .sort(),
];

const isOn = z
  .string()
  .optional()
  .transform((value) => value === 'on');

export const preferencesSchema = z.object({
  timeZone: z
    .string('Choose a time zone of the list.')
    .refine((value) => value === '' || timeZones.includes(value), 'Choose a time zone of the list.')
    .transform((value) => value || null),
  dateFormat: z.enum(['words', 'month-first'], 'Choose how dates are written.'),
  singleKeys: isOn,
});

/** Both ways are said in words: a request without the field is no wish to switch them off. */
export const singleKeysSchema = z.object({ singleKeys: z.enum(['on', 'off']).transform((value) => value === 'on') });

export type PreferencesInput = z.output<typeof preferencesSchema>;
