import type { PlanFailure } from '@/features/plans/plan.schema';
import { type EmailProblem, emailProblemText } from '@/lib/email';
import { fieldLimits } from '@/lib/limits';
import { fieldLabels } from './columns.schema';
import { cutOff } from './staging.schema';

/** Why a row got its verdict. `value` is what the file says, `row` another row, `fields` what differs. */
export type Reason = {
  code: ReasonCode;
  value?: string;
  row?: number;
  fields?: string[];
  found?: number;
  expected?: number;
};

/** What a file of failed rows adds to the columns of the original. */
export const addedColumns = ['row', 'reason'];

/**
 * Stands at the end of the reason of a row that was not whole: in the file of failed rows it has as many cells as the
 * others, so that nothing else tells that nobody mended it.
 */
export const whenMended = 'When the row is right, empty this cell.';

type Words = (reason: Reason) => string;
const quoted = (reason: Reason) => `“${reason.value ?? ''}”`;

const words = {
  email: (reason) =>
    reason.value === 'missing'
      ? 'The address is missing. Enter one such as name@acme.com.'
      : emailProblemText(reason.value as EmailProblem),
  ragged: ({ found, expected }) =>
    `${found} ${found === 1 ? 'field' : 'fields'} where ${expected} are expected. Look for a missing or surplus separator.`,
  still_marked: () => 'This row could not be read before. Mend it, then empty the cell that says why.',
  unreadable: (reason) => reason.value ?? 'This row cannot be read.',
  name_long: () => `First and last name may have ${fieldLimits.nameMaxChars} characters each. Shorten it.`,
  phone: (reason) =>
    `${quoted(reason)} is not a whole phone number. Write it with its country code, such as +49301234567.`,
  status_unknown: (reason) => `${quoted(reason)} is no status Rollcall knows. Use active or suspended.`,
  role_unknown: (reason) => `There is no role ${quoted(reason)}.`,
  role_system: () => 'System Admin is never given by a file.',
  role_needs_organization: (reason) => `The role ${quoted(reason)} needs an organization. Fill in that column.`,
  role_not_here: (reason) => `The role ${quoted(reason)} cannot be held inside an organization.`,
  grant_not_held: (reason) => `You cannot give the role ${quoted(reason)} here: it holds more than you do.`,
  organization_unknown: (reason) => `There is no organization ${quoted(reason)}.`,
  organization_ambiguous: (reason) =>
    `Several organizations are called ${quoted(reason)}. Use the short name of its address.`,
  organization_inactive: (reason) => `The organization ${quoted(reason)} is not active.`,
  organization_foreign: () => 'You may only import people into your own organization.',
  group_unknown: (reason) => `There is no such group: ${quoted(reason)}.`,
  group_name_long: (reason) => `The name of the group ${quoted(reason)} is too long. Use at most 80 characters.`,
  group_not_held: (reason) => `You cannot add people to the group ${quoted(reason)}: it grants more than you hold.`,
  second_organization: () => 'This person already belongs to another organization.',
  archived: () => 'This person is archived. Leave the row out.',
  outranks: () => 'This person has the same power as you or more, so you cannot change their account.',
  not_managed: () => 'This account is managed by the platform. What you may not change of it stays as it is.',
  kept_existing: () => 'Already here. You chose to leave such people as they are.',
  suspended_left_out: () => 'Marked as suspended in the file, and left out.',
  same_as_row: ({ row }) => `The same person as row ${row}, with the same values.`,
  differs_from_row: ({ row, fields = [] }) =>
    `The same person as row ${row}, differing in ${listed(fields.map(fieldName))}. Keep one of the rows.`,
  changed: () => 'This person was changed after the review. Import the row again.',
  exists_now: () => 'Somebody else added this person after the review. Import the row again.',
  grant_lost: () => 'You may not give these roles or groups any more.',
} satisfies Record<string, Words>;

export type ReasonCode = keyof typeof words;

/** One sentence that says what is the matter and, where something can be done, what to do. */
export function reasonText(reason: Reason): string {
  const say: Words | undefined = words[reason.code];
  return say ? say(reason) : 'This row was refused.';
}

function fieldName(field: string): string {
  if (field === 'newGroups') return 'groups';
  if (field === 'suspended') return 'status';
  return `the ${(fieldLabels[field as keyof typeof fieldLabels] ?? field).toLowerCase()}`;
}

function listed(names: string[]): string {
  const all = [...new Set(names)];
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

type Failure = { title: string; text: string };

const failures: Record<PlanFailure, (isBegun: boolean) => Failure> = {
  not_allowed: (isBegun) => ({
    title: isBegun ? 'The import stopped before its end' : 'This import cannot go on',
    text: 'Who uploaded the file may not import people any more. Somebody who may can upload it again.',
  }),
  disk_full: (isBegun) => ({
    title: isBegun
      ? 'The import stopped: the database has no room left'
      : 'The database has no room left for this file',
    text: `Tell whoever runs Rollcall to make room, then upload the file again. ${whatStays(isBegun)}`,
  }),
  stuck: (isBegun) => ({
    title: isBegun ? 'The import stopped: it failed several times' : 'The rows could not be checked',
    text: `It was tried several times and is not tried again. Tell whoever runs Rollcall, whose log says why, then upload the file again. ${whatStays(isBegun)}`,
  }),
};

function whatStays(isBegun: boolean): string {
  return isBegun ? 'Whoever came already is not imported a second time.' : 'Nothing was imported.';
}

/** Why an import ended before its time and what to do: a code of the engine's, or the sentence that refused the file. */
export function whyFailed(error: string | null, isBegun: boolean): Failure {
  const known = failures[error as PlanFailure];
  if (known) return known(isBegun);
  if (error === cutOff) return { title: 'The upload was cut off', text: cutOff };
  return { title: 'This file was refused. None of its rows was kept', text: error ?? 'Upload it again.' };
}
