import { z } from 'zod';
import { emailProblemText, parseEmail } from '@/lib/email';
import { passwordProblems } from '@/lib/password-policy';
import { safePath } from '@/lib/redirects';

const maxTyped = 1000;

const secret = (missing: string) => z.string(missing).min(1, missing).max(maxTyped, 'Use at most 128 characters.');

/** A new password as far as it can be judged without knowing whose it is; services judge it again with their names. */
const newPassword = secret('Choose a password.').superRefine((value, context) => {
  for (const message of passwordProblems(value)) context.addIssue({ code: 'custom', message });
});

export const forgotPasswordSchema = z.strictObject({
  /** By whose door they came, to lead them back to it; what can be none is left out. */
  organization: z.string().max(maxTyped).optional().catch(undefined),
  email: z
    .string(emailProblemText('missing'))
    .max(maxTyped, emailProblemText('too_long'))
    .transform((value, context) => {
      const parsed = parseEmail(value);
      if (parsed.ok) return parsed.email;
      context.addIssue({ code: 'custom', message: emailProblemText(parsed.reason) });
      return z.NEVER;
    }),
});

export const resetPasswordSchema = z.strictObject({
  token: z.string().max(maxTyped),
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
