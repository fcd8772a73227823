import { z } from 'zod';
import { isId } from '@/lib/ids';
import { reasonField } from '@/lib/reason';

const maxRoles = 100;

const person = z.string('Open this form again.').refine(isId, 'Open this form again.');
const organization = z
  .string('Choose an organization.')
  .min(1, 'Choose an organization.')
  .max(200, 'Choose an organization.');
const version = z
  .string('Open this form again.')
  .regex(/^\d{1,9}$/, 'Open this form again.')
  .transform(Number);

/** Roles by key. A form sends nothing for none and a string for one. */
export const roleKeys = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z
    .array(z.string().max(200, 'Choose roles from the list.'), 'Choose roles from the list.')
    .max(maxRoles, 'Choose fewer roles.')
    .transform((keys) => [...new Set(keys.filter((key) => key !== ''))]),
);

/** The roles the form showed when it was opened. They separate the sender's changes from those of others. */
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
  reason: reasonField,
});
export type EndMembershipInput = z.output<typeof endMembershipSchema>;
