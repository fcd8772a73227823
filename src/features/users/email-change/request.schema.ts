import { z } from 'zod';
import { isId } from '@/lib/ids';
import { linkLimits } from '@/lib/limits';
import { emailField } from '@/lib/person-fields';
import type { Link } from '@/server/auth/links';

export const emailChangeLink = { kind: 'email-change', path: '/confirm-email' } as const satisfies Link;

/** Mailed to the current address, which agrees to the change or stops it. */
export const emailConsentLink = { kind: 'email-consent', path: '/email-change' } as const satisfies Link;

const noPerson = 'Open this form again from the person’s page.';
const id = z.string(noPerson).refine(isId, noPerson);

export const changeEmailSchema = z.object({
  id,
  email: emailField,
  how: z.enum(['link', 'now'], { error: 'Choose how the new address is checked.' }).default('link'),
});

export type ChangeEmailInput = Pick<z.output<typeof changeEmailSchema>, 'id' | 'email'>;

export const personSchema = z.object({ id });

export const changeOwnEmailSchema = z.object({
  email: emailField,
  currentPassword: z
    .string('Enter your current password.')
    .min(1, 'Enter your current password.')
    .max(1000, 'This is not your current password.'),
});

export type ChangeOwnEmailInput = z.output<typeof changeOwnEmailSchema>;

export const noFields = z.object({});

const brokenLink = 'Open the link from the email again.';

export const tokenSchema = z.object({ token: z.string({ error: brokenLink }).regex(/^[\w-]{43}$/, brokenLink) });

export const linkHours = linkLimits.emailChangeMs / (60 * 60 * 1000);
export const waitHours = linkLimits.emailChangeWaitMs / (60 * 60 * 1000);
