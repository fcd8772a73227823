import { z } from 'zod';
import { isId } from '@/lib/ids';
import { returnPath } from '@/lib/redirects';
import { cleanName } from '@/lib/text';

const maxNameChars = 100;
export const maxDescriptionChars = 300;

const nameLength = `Enter a name of at most ${maxNameChars} characters.`;
const name = z
  .string(nameLength)
  .max(10_000, nameLength)
  .transform(cleanName)
  .pipe(z.string().min(1, nameLength).max(maxNameChars, nameLength));

const descriptionLength = `Use at most ${maxDescriptionChars} characters.`;
const description = z
  .string(descriptionLength)
  .max(10_000, descriptionLength)
  .transform(cleanName)
  .refine((text) => text.length <= maxDescriptionChars, descriptionLength)
  .default('');

const chooseRoles = 'Choose roles from the list.';
const roles = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z
    .array(z.string(chooseRoles).max(100, chooseRoles), chooseRoles)
    .max(200, 'Choose fewer roles.')
    .transform((keys) => [...new Set(keys)]),
);

/** `organization` is a slug; empty is the whole platform. `roles` are keys. */
export const createGroupSchema = z.object({
  name,
  description,
  roles,
  organization: z.string('Choose whose group this is.').max(200, 'Choose whose group this is.').default(''),
});
export type CreateGroupInput = z.output<typeof createGroupSchema>;

const openAgain = 'Open this form again from the group’s page.';
const groupId = z.string(openAgain).refine(isId, openAgain);
const opened = z.string(openAgain).max(2000, openAgain).default('');

/** What the form was opened with begins with `was`: only the sender's own changes are applied. */
export const updateGroupSchema = z.object({
  id: groupId,
  name,
  description,
  roles,
  wasName: opened,
  wasDescription: opened,
  wasRoles: opened.transform((keys) => keys.split(',').filter(Boolean)),
});
export type UpdateGroupInput = z.output<typeof updateGroupSchema>;

/** `typed` is the name of a large group. */
export const deleteGroupSchema = z.object({
  id: groupId,
  typed: z.string(nameLength).max(10_000, nameLength).transform(cleanName).default(''),
});
export type DeleteGroupInput = z.output<typeof deleteGroupSchema>;

export const changeMemberSchema = z.object({
  id: z.string(openAgain).refine(isId, openAgain),
  group: groupId,
  change: z.enum(['add', 'remove'], { error: 'Use one of the buttons.' }),
  returnTo: z.string(openAgain).optional().transform(returnPath),
});
