import { parseEmail } from '@/lib/email';
import { cleanName } from '@/lib/text';

/** Why an upload did not even begin; the page for uploading knows these words by their code. */
export const uploadProblems = {
  missing: 'Choose a CSV file first.',
  too_large: 'This file is larger than 100 MB. Split it and upload the parts one after the other.',
  too_many: 'You uploaded many files within the hour. Wait a while, then upload again.',
  interrupted: 'The file did not arrive whole. Upload it again.',
  organization: 'Choose an organization you may import people into.',
  disk_full:
    'There is no room left for this file. Nothing of it was kept. Tell whoever runs Rollcall that its database has no more space, then upload it again.',
  database:
    'The database could not be reached while the file was read. Nothing of it was kept. Wait a minute, then upload it again.',
} as const;

/** How an upload ended whose process died; the words are kept with it, and its page shows them. */
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
 * The cells that may be stored: those of password columns are emptied. In a row of another width, or with broken
 * quotation marks, nobody can tell where a password slipped to, so that only its address stays.
 */
export function withoutSecrets(
  fields: string[],
  { width, secrets, isBroken }: { width: number; secrets: readonly number[]; isBroken: boolean },
): string[] {
  if (secrets.length === 0) return fields;
  if (isBroken || fields.length !== width) return fields.map((field) => (parseEmail(field).ok ? field : ''));
  return fields.map((field, index) => (secrets.includes(index) ? '' : field));
}
