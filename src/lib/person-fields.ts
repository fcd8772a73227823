import { z } from 'zod';
import { emailProblemText, parseEmail } from './email';
import { fieldLimits } from './limits';
import { parsePhone } from './phone';
import { cleanName } from './text';

// No `z.object` here: Zod tries `new Function` when one is made, and our content security policy would report that.

export const emailField = z
  .string({ error: 'Enter an email address, such as name@acme.com.' })
  .transform((typed, context) => {
    const parsed = parseEmail(typed);
    if (parsed.ok) return parsed.email;
    context.addIssue({ code: 'custom', message: emailProblemText(parsed.reason) });
    return z.NEVER;
  });

export function nameField(what: string) {
  const { nameMaxChars } = fieldLimits;
  const length = `Enter a ${what} of at most ${nameMaxChars} letters.`;
  return (
    z
      .string({ error: length })
      .max(10_000, length)
      .transform(cleanName)
      // One letter is enough for either part: 李 is a whole family name. Together they have the two letters a name
      // needs.
      .pipe(z.string().min(1, length).max(nameMaxChars, length))
  );
}

const oneValue = { error: 'Enter one value here.' };

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
  firstName: nameField('first name'),
  lastName: nameField('last name'),
  phone: phoneField,
  extension: extensionField,
};

export type ProfileField = keyof typeof profileFields;
export type Profile = { firstName: string; lastName: string; phone: string | null; extension: string | null };
