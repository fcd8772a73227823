import { z } from 'zod';
import { emailProblemText, parseEmail } from '@/lib/email';
import { passwordProblems } from '@/lib/password-policy';
import { safePath } from '@/lib/redirects';
import type { Link } from '@/server/auth/links';

export const passwordResetLink = { kind: 'password-reset', path: '/reset-password' } as const satisfies Link;

const maxInputChars = 1000;

const secret = (missing: string) => z.string(missing).min(1, missing).max(maxInputChars, 'Use at most 128 characters.');

/** Checks the password alone. The service checks it again together with the person's name and address. */
const newPassword = secret('Choose a password.').superRefine((value, context) => {
  for (const message of passwordProblems(value)) context.addIssue({ code: 'custom', message });
});

export const forgotPasswordSchema = z.strictObject({
  /** The organization whose sign-in page they came from, to lead them back to it. A malformed slug is left out. */
  organization: z.string().max(maxInputChars).optional().catch(undefined),
  email: z
    .string(emailProblemText('missing'))
    .max(maxInputChars, emailProblemText('too_long'))
    .transform((value, context) => {
      const parsed = parseEmail(value);
      if (parsed.ok) return parsed.email;
      context.addIssue({ code: 'custom', message: emailProblemText(parsed.reason) });
      return z.NEVER;
    }),
});

export const resetPasswordSchema = z.strictObject({
  token: z.string().max(maxInputChars),
  newPassword,
});

export const changePasswordSchema = z.strictObject({
  currentPassword: secret('Enter your current password.'),
  newPassword,
  next: z
    .string()
    .optional()
    .transform((value) => safePath(value, '')),
});

export const noFields = z.object({});

export type ForgotPasswordInput = z.output<typeof forgotPasswordSchema>;
export type ResetPasswordInput = z.output<typeof resetPasswordSchema>;
export type ChangePasswordInput = z.output<typeof changePasswordSchema>;
