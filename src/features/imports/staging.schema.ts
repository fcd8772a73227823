import { parseEmail } from '@/lib/email';
import { cleanName } from '@/lib/text';

export const uploadProblems = {
  missing: 'Choose a CSV file first.',
  too_large: 'This file is larger than 100 MB. Split it and upload the parts one after the other.',
  too_many: 'You uploaded too many files in the last hour. Wait a while, then upload again.',
  interrupted: 'The upload was interrupted. Upload the file again.',
  organization: 'Choose an organization you may import people into.',
  disk_full:
    'The database is full, so this file was not kept. Ask the people who run Rollcall to free up space, then retry.',
  database: 'The database became unavailable, so this file was not kept. Wait a minute, then upload it again.',
} as const;

/** The stored error of an upload whose process died. It is compared with stored ones, so do not change it. */
export const cutOff = 'The file did not arrive whole, so nothing of it was kept. Upload the file again.';

export type UploadProblem = keyof typeof uploadProblems;

export function isUploadProblem(value: unknown): value is UploadProblem {
  return typeof value === 'string' && Object.hasOwn(uploadProblems, value);
}

const fileNameChars = 200;

export function readFileName(value: string): string {
  return (
    cleanName(value.split(/[\\/]/).at(-1) ?? '')
      .slice(0, fileNameChars)
      .toWellFormed() || 'file.csv'
  );
}

/**
 * Empties the cells of password columns. In a row with the wrong number of cells or broken quotation marks the password
 * could be in any cell, so only email addresses stay.
 */
export function withoutSecrets(
  fields: string[],
  { width, secrets, isBroken }: { width: number; secrets: readonly number[]; isBroken: boolean },
): string[] {
  if (secrets.length === 0) return fields;
  if (isBroken || fields.length !== width) return fields.map((field) => (parseEmail(field).ok ? field : ''));
  return fields.map((field, index) => (secrets.includes(index) ? '' : field));
}
