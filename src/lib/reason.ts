import { z } from 'zod';
import { cleanName } from './text';

export const reasonMaxChars = 500;

/** Why an admin did something: optional, for colleagues and the audit log. */
export const reasonField = z
  .string('Write the reason as text.')
  .max(reasonMaxChars, `Use at most ${reasonMaxChars} characters.`)
  .transform(cleanName)
  .default('');
