import { z } from 'zod';
import { emailProblemText, parseEmail } from '@/lib/email';
import { fieldLimits } from '@/lib/limits';
import { cleanName } from '@/lib/text';

const name = (label: string) =>
  z
    .string(`Enter your ${label}.`)
    .transform(cleanName)
    .pipe(
      z
        .string()
        .min(1, `Enter your ${label}.`)
        .max(fieldLimits.nameMaxChars, `Use at most ${fieldLimits.nameMaxChars} characters.`),
    );

export const setUpSchema = z.object({
  token: z.string().max(500),
  firstName: name('first name'),
  lastName: name('last name'),
  email: z
    .string('Enter your address.')
    .max(1000)
    .transform((value, context) => {
      const parsed = parseEmail(value);
      if (parsed.ok) return parsed.email;
      context.addIssue({ code: 'custom', message: emailProblemText(parsed.reason) });
      return z.NEVER;
    }),
  password: z.string('Choose a password.').max(1000),
});

export type SetUpInput = z.output<typeof setUpSchema>;
