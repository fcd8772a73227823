import { z } from 'zod';
import { isId } from '@/lib/ids';
import { cleanName } from '@/lib/text';

export const maxReasonChars = 500;
const maxRoles = 100;

const person = z.string('This form names nobody.').refine(isId, 'This form names nobody.');
const organization = z
  .string('Choose an organization.')
  .min(1, 'Choose an organization.')
  .max(200, 'Choose an organization.');
const version = z
  .string('Open this form again.')
  .regex(/^\d{1,9}$/, 'Open this form again.')
  .transform(Number);

/** Roles by key; none is an empty list, one comes as a text. */
export const roleKeys = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z
    .array(z.string().max(200, 'Choose roles of this list.'), 'Choose roles of this list.')
    .max(maxRoles, 'Choose fewer roles.')
    .transform((keys) => [...new Set(keys.filter((key) => key !== ''))]),
);

/** The roles the form showed when it was opened; it tells what its sender changed from what others changed. */
const was = z
  .string('Open this form again.')
  .max(20_000, 'Open this form again.')
  .optional()
  .transform((keys) => keys?.split(',').filter((key) => key !== ''));

export const addMemberSchema = z.object({ id: person, organization, roles: roleKeys });
export type AddMemberInput = z.output<typeof addMemberSchema>;

export const changeMembershipSchema = z.object({ id: person, organization, version, was, roles: roleKeys });
export type ChangeMembershipInput = z.output<typeof changeMembershipSchema>;

export const changePlatformRolesSchema = changeMembershipSchema.omit({ organization: true });
export type ChangePlatformRolesInput = z.output<typeof changePlatformRolesSchema>;

export const endMembershipSchema = z.object({
  id: person,
  organization,
  version,
  reason: z
    .string('Write the reason as text.')
    .max(maxReasonChars, `Use at most ${maxReasonChars} characters.`)
    .transform(cleanName)
    .default(''),
});
export type EndMembershipInput = z.output<typeof endMembershipSchema>;
