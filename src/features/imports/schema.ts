import { z } from 'zod';
import { type PlanState, rowNumber } from '@/features/plans/schema';
import { isId } from '@/lib/ids';
import { fieldLimits, invitationLimits } from '@/lib/limits';
import { firstOf, type SearchParams } from '@/lib/search-params';
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
  'google-workspace': 'an export of Google Workspace',
  entra: 'an export of Microsoft Entra',
  okta: 'an export of Okta',
  hubspot: 'an export of HubSpot',
  moodle: 'a file for Moodle',
  template: 'Rollcall’s template',
  unknown: 'a file of your own',
};

const sources = ['google-workspace', 'entra', 'okta', 'hubspot', 'moodle', 'template', 'unknown'] as const;

/** What a person chose, and what judging found out about the whole: the params of an import's plan. */
export const importParamsSchema = z.object({
  columns: z.array(z.enum(importFields).nullable()),
  source: z.enum(sources),
  existing: z.enum(['skip', 'update']),
  /** Where rows without an organization belong; fixed for an org admin. */
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
  /** One value for each column of the file, in order; empty leaves it out. */
  columns: oneOrMany.pipe(
    z.array(z.union([z.enum(importFields), z.literal('').transform(() => null)], 'Choose one of the fields.')).max(200),
  ),
  existing: z.enum(['skip', 'update'], 'Choose what happens to people who are already here.'),
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

export const planFormSchema = z.object({ id: z.uuid() });
export const confirmFormSchema = z.object({ id: z.uuid(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** The address of a review: which verdict, behind or in front of which row. What it does not know is left out. */
export const reviewSchema = z.object({
  verdict: z
    .enum(['create', 'update', 'unchanged', 'conflict', 'error', 'not_allowed', 'refused', 'left'])
    .optional()
    .catch(undefined),
  before: rowNumber,
  after: rowNumber,
});

/** What the list of imports can be narrowed to. */
export const importStates = {
  preparing: 'In preparation',
  ready: 'Waits for confirmation',
  applying: 'Importing',
  done: 'Done',
  cancelled: 'Stopped or discarded',
  failed: 'Failed',
} satisfies Record<PlanState, string>;

const importId = z.string().refine(isId).optional().catch(undefined);

const importsFilterSchema = z.object({
  q: z.string().trim().max(fieldLimits.searchMaxChars).default('').catch(''),
  state: z
    .enum(Object.keys(importStates) as [PlanState, ...PlanState[]])
    .optional()
    .catch(undefined),
  before: importId,
  after: importId,
});

export type ImportsFilter = z.output<typeof importsFilterSchema>;

/** The address of the list of imports. What it does not understand is left out, so an old link still opens. */
export function readImportsFilter(params: SearchParams): ImportsFilter {
  return importsFilterSchema.parse({
    q: firstOf(params, 'q'),
    state: firstOf(params, 'state'),
    before: firstOf(params, 'before'),
    after: firstOf(params, 'after'),
  });
}

/** The two files of the documents, with a row that shows how they are filled in. */
export const templates = {
  people: {
    fileName: 'rollcall-people.csv',
    header: ['email', 'first_name', 'last_name', 'role', 'organization'],
    example: ['ada@example.com', 'Ada', 'Lovelace', 'member', 'Acme Corp'],
  },
  groups: {
    fileName: 'rollcall-groups.csv',
    header: ['email', 'groups'],
    example: ['ada@example.com', 'Volunteers; Trainers'],
  },
} as const;

export function isTemplateName(name: unknown): name is keyof typeof templates {
  return typeof name === 'string' && Object.hasOwn(templates, name);
}

/** What one row of a plan would change; ids only, names are looked up when it is shown. */
export type ImportChange = {
  /** `new`: an account is made; `invite`: somebody outside the importer's view; `amend`: an open invitation. */
  as: 'new' | 'invite' | 'amend' | 'person';
  /** The row as it was understood: two rows of one address are compared by this. */
  row: {
    email: string;
    firstName: string;
    lastName: string;
    phone: string | null;
    organization: string | null;
    roles: string[];
    groups: string[];
    newGroups: string[];
    suspended: boolean;
  };
  set?: { firstName?: string; lastName?: string; phone?: string };
  before?: { firstName?: string; lastName?: string; phone?: string | null };
  addRoles?: string[];
  addGroups?: string[];
  /** An invitation is sent. */
  invite?: boolean;
  /** A membership is added at once, for somebody who has an account already. */
  join?: boolean;
  /** The open invitation that takes the roles and groups. */
  open?: string;
};

export const importVerdicts = [
  { key: 'create', label: 'Create', tone: 'good', applies: true },
  { key: 'update', label: 'Update', tone: 'info', applies: true },
  { key: 'unchanged', label: 'Unchanged', tone: 'neutral', applies: false },
  { key: 'conflict', label: 'Conflict', tone: 'warn', applies: false },
  { key: 'error', label: 'Error', tone: 'bad', applies: false },
  { key: 'not_allowed', label: 'Not allowed', tone: 'bad', applies: false },
] as const;

export type ImportVerdict = (typeof importVerdicts)[number]['key'];
