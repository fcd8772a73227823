import { z } from 'zod';
import { isId } from '@/lib/ids';
import { invitationLimits } from '@/lib/limits';
import { emailField, nameFields, phoneField, wholeName } from '@/lib/person-fields';
import { returnPath } from '@/lib/redirects';
import { cleanName } from '@/lib/text';
import type { Link } from '@/server/auth/links';

export const invitationLink = { kind: 'invitation', path: '/activate' } as const satisfies Link;

const oneValue = { error: 'Enter one value here.' };

const idList = (what: string) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z
      .array(z.string().refine(isId, `Choose ${what} from the list.`))
      .max(100, `Choose fewer ${what} at once.`)
      .transform((ids) => [...new Set(ids)]),
  );

const organizationField = z
  .string({ error: 'Choose an organization from the list.' })
  .optional()
  .transform((value) => value || null)
  .refine((value) => value === null || isId(value), 'Choose an organization from the list.');

const tooLong = `Write at most ${invitationLimits.maxWelcomeChars.toLocaleString('en-US')} characters.`;

const messageField = z
  .string(oneValue)
  .max(invitationLimits.maxWelcomeChars * 4, tooLong)
  .optional()
  .transform((text) =>
    (text ?? '')
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n\t]/gu, '')
      .trim(),
  )
  .refine((text) => text.length <= invitationLimits.maxWelcomeChars, tooLong);

const groupNameField = z
  .string(oneValue)
  .max(1000, 'Use a name of at most 100 characters.')
  .optional()
  .transform((name) => cleanName(name ?? ''))
  .refine((name) => name.length <= 100, 'Use a name of at most 100 characters.')
  .transform((name) => name || null);

export type Invite = {
  email: string;
  firstName: string;
  lastName: string;
  phone?: string | null;
  /** `null` is the whole platform. */
  organizationId: string | null;
  roleIds: string[];
  groupIds: string[];
  newGroup?: { name: string; roleIds: string[] } | null;
  message: string;
};

export const inviteSchema = z
  .object({
    intent: z.enum(['send', 'preview'], { error: 'Use one of the buttons.' }).default('send'),
    how: z.enum(['invitation', 'password'], { error: 'Choose how this person gets in.' }).default('invitation'),
    organization: organizationField,
    email: emailField,
    ...nameFields,
    phone: phoneField,
    roles: idList('roles'),
    groups: idList('groups'),
    newGroupName: groupNameField,
    newGroupRoles: idList('roles'),
    message: messageField,
  })
  .refine(...wholeName)
  .superRefine(({ newGroupName, newGroupRoles }, context) => {
    if (newGroupName !== null || newGroupRoles.length === 0) return;
    const message = 'Name the new group, or clear its roles.';
    context.addIssue({ code: 'custom', path: ['newGroupName'], message });
  })
  .transform(({ intent, how, organization, roles, groups, newGroupName, newGroupRoles, ...person }) => {
    const newGroup = newGroupName === null ? null : { name: newGroupName, roleIds: newGroupRoles };
    const invite: Invite = { ...person, organizationId: organization, roleIds: roles, groupIds: groups, newGroup };
    return { intent, how, invite };
  });

const choiceSchema = z.object({
  intent: z.literal('choose'),
  organization: organizationField,
  findOrganization: z.string(oneValue).max(1000).default(''),
});

/** With `choose` nothing else is checked: the person has only chosen an organization, and goes on with the form. */
export const addUserSchema = z.looseObject({ intent: z.string(oneValue).optional() }).transform((typed, context) => {
  const parsed = typed.intent === 'choose' ? choiceSchema.safeParse(typed) : inviteSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

export const invitationIdSchema = z.object({
  id: z.string({ error: 'Open the invitation again.' }).refine(isId, 'Open the invitation again.'),
});

export const cancelInvitationSchema = invitationIdSchema.extend({
  returnTo: z.string('Open the invitation again.').optional().transform(returnPath),
});
