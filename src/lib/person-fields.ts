import { z } from 'zod';
import { emailProblemText, parseEmail } from './email';
import { fieldLimits } from './limits';
import { parsePhone } from './phone';
import { charsIn, cleanName } from './text';

// No `z.object` here: Zod tries `new Function` when one is made, and our content security policy would report that.

export const emailField = z
  .string({ error: 'Enter an email address, such as name@acme.com.' })
  .transform((typed, context) => {
    const parsed = parseEmail(typed);
    if (parsed.ok) return parsed.email;
    context.addIssue({ code: 'custom', message: emailProblemText(parsed.reason) });
    return z.NEVER;
  });

const oneValue = { error: 'Enter one value here.' };
const { nameMinChars, nameMaxChars } = fieldLimits;

export const nameHint = 'First name or last name is enough.';
export const nameTooLong = `Use at most ${nameMaxChars} characters here.`;

const nameField = z
  .string(oneValue)
  .max(10_000, nameTooLong)
  .optional()
  .transform((typed) => cleanName(typed ?? ''))
  .refine((name) => charsIn(name) <= nameMaxChars, nameTooLong);

/** Each may be empty, not both: a schema with them refines with `wholeName`. */
export const nameFields = { firstName: nameField, lastName: nameField };

type Name = { firstName: string; lastName: string };

/** What is wrong with both parts together, or null. A part that is too long is told at its own field. */
export function nameProblem({ firstName, lastName }: Name): string | null {
  const chars = charsIn(cleanName(firstName)) + charsIn(cleanName(lastName));
  if (chars === 0) return 'Enter a first name or a last name.';
  return chars < nameMinChars ? `Use at least ${nameMinChars} characters, first and last name together.` : null;
}

/** The arguments of `refine` on an object with `nameFields`. It runs even if other fields have errors. */
export const wholeName = [
  (name: Name) => nameProblem(name) === null,
  {
    path: ['firstName'] as string[],
    error: ({ input }: { input?: unknown }) => nameProblem(input as Name) ?? undefined,
    when: ({ value }: { value: unknown }) => {
      const { firstName, lastName } = (value ?? {}) as Partial<Record<keyof Name, unknown>>;
      return typeof firstName === 'string' && typeof lastName === 'string';
    },
  },
] as const;

export const phoneField = z
  .string(oneValue)
  .optional()
  .transform((typed, context) => {
    if (typed === undefined || typed.trim() === '') return null;
    const parsed = parsePhone(typed);
    if (parsed.ok) return parsed.phone;
    context.addIssue({ code: 'custom', message: parsed.words });
    return z.NEVER;
  });

const { extensionMaxDigits } = fieldLimits;

export const extensionField = z
  .string(oneValue)
  .max(100, `Use at most ${extensionMaxDigits} digits.`)
  .optional()
  .transform((typed) => (typed ?? '').normalize('NFKC').replace(/[\s-]/g, ''))
  .refine((digits) => /^\d*$/.test(digits), 'Use only digits here, such as 204.')
  .refine((digits) => digits.length <= extensionMaxDigits, `Use at most ${extensionMaxDigits} digits.`)
  .transform((digits) => digits || null);

export const profileFields = {
  ...nameFields,
  phone: phoneField,
  extension: extensionField,
};

export type ProfileField = keyof typeof profileFields;
export type Profile = { firstName: string; lastName: string; phone: string | null; extension: string | null };
