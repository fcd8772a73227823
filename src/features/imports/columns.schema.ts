import { z } from 'zod';
import { invitationLimits } from '@/lib/limits';
import type { JsonValue } from '@/server/db/sql';

export const importFields = [
  'email',
  'firstName',
  'lastName',
  'name',
  'phone',
  'roles',
  'organization',
  'groups',
  'status',
] as const;

export const fieldLabels: Record<(typeof importFields)[number], string> = {
  email: 'Email',
  firstName: 'First name',
  lastName: 'Last name',
  name: 'Whole name',
  phone: 'Phone',
  roles: 'Roles',
  organization: 'Organization',
  groups: 'Groups',
  status: 'Status',
};

export const sourceLabels: Record<string, string> = {
  'google-workspace': 'an export from Google Workspace',
  entra: 'an export from Microsoft Entra',
  okta: 'an export from Okta',
  hubspot: 'an export from HubSpot',
  moodle: 'a file for Moodle',
  template: 'Rollcall’s template',
  unknown: 'a custom file',
};

const sources = ['google-workspace', 'entra', 'okta', 'hubspot', 'moodle', 'template', 'unknown'] as const;

export const importParamsSchema = z.object({
  columns: z.array(z.enum(importFields).nullable()),
  source: z.enum(sources),
  existing: z.enum(['skip', 'update']),
  /** The organization for rows that name none. Fixed for an org admin. */
  organizationId: z.uuid().nullable(),
  suspended: z.enum(['inactive', 'leave_out']),
  makeGroups: z.boolean(),
  message: z.string(),
  handsOut: z.object({ roles: z.array(z.string()), groups: z.array(z.string()) }).optional(),
  newGroups: z.object({ count: z.int(), names: z.array(z.string()) }).optional(),
  invites: z.int().optional(),
});

export type ImportParams = z.output<typeof importParamsSchema>;

/** Null before the columns are chosen. */
export function readParams(params: JsonValue): ImportParams | null {
  const parsed = importParamsSchema.safeParse(params);
  return parsed.success ? parsed.data : null;
}

const oneOrMany = z.union([z.string().transform((value) => [value]), z.array(z.string())]);

export const columnsFormSchema = z.object({
  id: z.uuid(),
  /** One value for each column of the file, in order. An empty one leaves the column out. */
  columns: oneOrMany.pipe(
    z.array(z.union([z.enum(importFields), z.literal('').transform(() => null)], 'Choose one of the fields.')).max(200),
  ),
  existing: z.enum(['skip', 'update'], 'Choose what happens to people who already exist.'),
  organizationId: z.union([z.uuid(), z.literal('').transform(() => null)]).default(null),
  suspended: z.enum(['inactive', 'leave_out']).default('leave_out'),
  makeGroups: z.literal('on').optional(),
  message: z
    .string()
    .trim()
    .max(invitationLimits.maxWelcomeChars, `Use at most ${invitationLimits.maxWelcomeChars} characters.`)
    .default(''),
});

export type ColumnsForm = z.output<typeof columnsFormSchema>;
