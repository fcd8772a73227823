import { z } from 'zod';
import { passwordLimits } from '@/lib/limits';
import { nameFields, wholeName } from '@/lib/person-fields';
import { readTimeZone } from '@/lib/time-zones';

const brokenLink = 'Open the link from the email again.';

const token = z.string({ error: brokenLink }).regex(/^[\w-]{43}$/, brokenLink);

export const tokenSchema = z.object({ token });

export const acceptSchema = z
  .object({
    token,
    ...nameFields,
    timeZone: z.string().optional().transform(readTimeZone),
    password: z
      .string({ error: 'Choose a password.' })
      .min(1, 'Choose a password.')
      .max(passwordLimits.maxCodePoints * 4, `Use at most ${passwordLimits.maxCodePoints} characters.`),
  })
  .refine(...wholeName);

export type AcceptInput = z.output<typeof acceptSchema>;
