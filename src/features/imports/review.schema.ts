import { z } from 'zod';
import { rowNumber } from '@/features/plans/plan.schema';

export const planFormSchema = z.object({ id: z.uuid() });

export const confirmFormSchema = z.object({ id: z.uuid(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

export const reviewSchema = z.object({
  verdict: z
    .enum(['create', 'update', 'unchanged', 'conflict', 'error', 'not_allowed', 'refused', 'left'])
    .optional()
    .catch(undefined),
  before: rowNumber,
  after: rowNumber,
});

export type ImportChange = {
  /** `new` creates an account, `invite` is for somebody outside the importer's view, `amend` is an open invitation. */
  as: 'new' | 'invite' | 'amend' | 'person';
  /** The row as it was read. Two rows with one address are compared by this. */
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
  /** Roles the person had in the row's organization, or was to get, when roles are added. */
  hadRoles?: string[];
  addGroups?: string[];
  invite?: boolean;
  join?: boolean;
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
