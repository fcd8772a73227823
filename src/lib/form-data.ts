import type { z } from 'zod';

export type FieldErrors = Record<string, string[]>;
export type FieldValues = Record<string, string | string[]>;

/** A name given again, or ending in `[]`, is a list. Leaves out files, React's own fields and prototype names. */
export function formDataToObject(formData: FormData): FieldValues {
  const object: FieldValues = Object.create(null);
  for (const [rawName, value] of formData) {
    if (typeof value !== 'string' || rawName.startsWith('$ACTION')) continue;
    const isList = rawName.endsWith('[]');
    const name = isList ? rawName.slice(0, -2) : rawName;
    const existing = object[name];
    if (existing === undefined) object[name] = isList ? [value] : value;
    else object[name] = [...(Array.isArray(existing) ? existing : [existing]), value];
  }
  return { ...object };
}

/** All issues by field; those of the whole form are under the empty name. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return errors;
}

const secretName = /password|token|secret|code/i;

/** The values a form shows again: no secrets, and nothing too long for a page. */
export function valuesToKeep(object: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(object).filter(([name, value]) => !secretName.test(name) && String(value).length <= 10_000),
  );
}
