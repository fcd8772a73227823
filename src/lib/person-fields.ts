import { z } from 'zod';
import { emailProblemText, parseEmail } from './email';
import {
  extensionDigits,
  extensionProblems,
  namePartProblems,
  nameProblem,
  type ProfileField,
  phoneProblems,
} from './person-problems';
import { parsePhone } from './phone';
import { cleanName } from './text';

export const emailField = z
  .string({ error: 'Enter an email address, such as name@acme.com.' })
  .transform((typed, context) => {
    const parsed = parseEmail(typed);
    if (parsed.ok) return parsed.email;
    context.addIssue({ code: 'custom', message: emailProblemText(parsed.reason) });
    return z.NEVER;
  });

/** One value, or none, which is as empty. `read` gets what has no problems. */
function field<T>(problemsIn: (typed: string) => string[], read: (typed: string) => T) {
  return z
    .string({ error: 'Enter one value here.' })
    .optional()
    .transform((typed = '', context) => {
      const problems = problemsIn(typed);
      for (const message of problems) context.addIssue({ code: 'custom', message });
      return problems.length > 0 ? z.NEVER : read(typed);
    });
}

const nameField = field(namePartProblems, cleanName);

/** Each may be empty, not both: a schema with them refines with `wholeName`. */
export const nameFields = { firstName: nameField, lastName: nameField };

type Name = { firstName: string; lastName: string };

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

export const phoneField = field(phoneProblems, (typed) => {
  const parsed = parsePhone(typed);
  return parsed.ok ? parsed.phone : null;
});

export const extensionField = field(extensionProblems, (typed) => extensionDigits(typed) || null);

export const profileFields = {
  ...nameFields,
  phone: phoneField,
  extension: extensionField,
} satisfies Record<ProfileField, z.ZodType>;

export type Profile = { firstName: string; lastName: string; phone: string | null; extension: string | null };
