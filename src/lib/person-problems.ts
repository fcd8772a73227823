import { fieldLimits } from './limits';
import { parsePhone } from './phone';
import { charsIn, cleanName } from './text';

// What is wrong with what somebody typed, in sentences. Forms check with it while people type, and the schemas of
// `person-fields.ts` say the same on the server: without Zod, because it alone is larger than the rest of a form.

const { nameMinChars, nameMaxChars, extensionMaxDigits } = fieldLimits;

export const nameHint = 'First name or last name is enough.';
const nameTooLong = `Use at most ${nameMaxChars} characters here.`;

type Name = { firstName: string; lastName: string };

/** What is wrong with both parts together, or null. A part that is too long is told at its own field. */
export function nameProblem({ firstName, lastName }: Name): string | null {
  const chars = charsIn(cleanName(firstName)) + charsIn(cleanName(lastName));
  if (chars === 0) return 'Enter a first name or a last name.';
  return chars < nameMinChars ? `Use at least ${nameMinChars} characters, first and last name together.` : null;
}

/** Each may be empty, not both. Longer input is refused before any Unicode work. */
export function namePartProblems(typed: string): string[] {
  return typed.length > 10_000 || charsIn(cleanName(typed)) > nameMaxChars ? [nameTooLong] : [];
}

export function phoneProblems(typed: string): string[] {
  const parsed = typed.trim() === '' ? null : parsePhone(typed);
  return parsed === null || parsed.ok ? [] : [parsed.words];
}

export function extensionDigits(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '');
}

export function extensionProblems(typed: string): string[] {
  const tooLong = `Use at most ${extensionMaxDigits} digits.`;
  if (typed.length > 100) return [tooLong];
  const digits = extensionDigits(typed);
  return [
    ...(/^\d*$/.test(digits) ? [] : ['Use only digits here, such as 204.']),
    ...(digits.length > extensionMaxDigits ? [tooLong] : []),
  ];
}

export const profileProblems = {
  firstName: namePartProblems,
  lastName: namePartProblems,
  phone: phoneProblems,
  extension: extensionProblems,
};

export type ProfileField = keyof typeof profileProblems;
