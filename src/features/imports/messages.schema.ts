import type { PlanFailure } from '@/features/plans/plan.schema';
import { type EmailProblem, emailProblemText } from '@/lib/email';
import { fieldLimits } from '@/lib/limits';
import { fieldLabels } from './columns.schema';
import { cutOff } from './staging.schema';

/** Why a row got its verdict. `value` is from the file, `row` is another row, `fields` are those that differ. */
export type Reason = {
  code: ReasonCode;
  value?: string;
  row?: number;
  fields?: string[];
  found?: number;
  expected?: number;
};

export const addedColumns = ['row', 'reason'];

/**
 * Marks a malformed row in the file of failed rows. There it has as many cells as the others, so only this mark shows
 * that nobody corrected it. Downloaded files contain the sentence, so do not change it.
 */
export const stillBrokenMark = 'When the row is right, empty this cell.';

type Words = (reason: Reason) => string;
const quoted = (reason: Reason) => `“${reason.value ?? ''}”`;

const words = {
  email: (reason) =>
    reason.value === 'missing'
      ? 'The address is missing. Enter one such as name@acme.com.'
      : emailProblemText(reason.value as EmailProblem),
  ragged: ({ found, expected }) =>
    `${found} ${found === 1 ? 'field' : 'fields'} where ${expected} are expected. Add or remove a separator.`,
  still_marked: () => 'This row could not be read last time. Correct it, then empty the cell with the reason.',
  unreadable: (reason) => reason.value ?? 'This row cannot be read.',
  name_long: () => `First and last names can have up to ${fieldLimits.nameMaxChars} characters each. Shorten the name.`,
  name_short: () =>
    `A name has at least ${fieldLimits.nameMinChars} characters, first and last name together. Complete it or leave it out.`,
  phone: (reason) =>
    `${quoted(reason)} is not a complete phone number. Include the country code, such as +49301234567.`,
  status_unknown: (reason) => `${quoted(reason)} is not a status that Rollcall knows. Use active or suspended.`,
  role_unknown: (reason) => `There is no role ${quoted(reason)}.`,
  role_system: () => 'A file cannot grant System Admin.',
  role_needs_organization: (reason) => `The role ${quoted(reason)} needs an organization. Fill in that column.`,
  role_not_here: (reason) => `The role ${quoted(reason)} cannot be granted in an organization.`,
  grant_not_held: (reason) =>
    `You cannot grant the role ${quoted(reason)} here because it includes permissions you do not have.`,
  organization_unknown: (reason) => `There is no organization ${quoted(reason)}.`,
  organization_ambiguous: (reason) =>
    `Several organizations are called ${quoted(reason)}. Use the short name from its address.`,
  organization_inactive: (reason) => `The organization ${quoted(reason)} is not active.`,
  organization_foreign: () => 'You can only import people into your own organization.',
  group_unknown: (reason) => `There is no group ${quoted(reason)}.`,
  group_name_long: (reason) => `The name of the group ${quoted(reason)} is too long. Use at most 80 characters.`,
  group_not_held: (reason) =>
    `You cannot add people to the group ${quoted(reason)} because it grants permissions you do not have.`,
  second_organization: () => 'This person already belongs to another organization.',
  archived: () => 'This person is archived. Leave the row out.',
  outranks: () => 'This person has the same power as you or more, so you cannot change their account.',
  not_managed: () => 'This account is managed by the platform. Details you cannot change stay as they are.',
  kept_existing: () => 'This person already exists. You chose to leave existing people as they are.',
  suspended_left_out: () => 'Marked as suspended in the file and left out.',
  same_as_row: ({ row }) => `The same person as row ${row}, with the same values.`,
  differs_from_row: ({ row, fields = [] }) =>
    `The same person as row ${row}, differing in ${listed(fields.map(fieldName))}. Keep one of the rows.`,
  changed: () => 'This person was changed after the review. Import the row again.',
  exists_now: () => 'Somebody else added this person after the review. Import the row again.',
  grant_lost: () => 'You can no longer grant these roles or groups.',
} satisfies Record<string, Words>;

export type ReasonCode = keyof typeof words;

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
    title: isBegun ? 'The import stopped early' : 'This import cannot continue',
    text: 'The person who uploaded the file can no longer import people. Ask somebody who can to upload it again.',
  }),
  disk_full: (isBegun) => ({
    title: isBegun ? 'The import stopped because the database is full' : 'The database has no space left for this file',
    text: `Ask the people who run Rollcall to free up space, then upload the file again. ${whatStays(isBegun)}`,
  }),
  stuck: (isBegun) => ({
    title: isBegun ? 'The import stopped after failing several times' : 'The rows could not be checked',
    text: `It failed several times and is not retried. Ask the people who run Rollcall to check the server log, then upload the file again. ${whatStays(isBegun)}`,
  }),
};

function whatStays(isBegun: boolean): string {
  return isBegun ? 'People who were already imported are not imported again.' : 'Nothing was imported.';
}

/** Why an import ended early and what to do. `error` is a plan failure, or the sentence that refused the file. */
export function whyFailed(error: string | null, isBegun: boolean): Failure {
  const known = failures[error as PlanFailure];
  if (known) return known(isBegun);
  if (error === cutOff) return { title: 'The upload was cut off', text: cutOff };
  return { title: 'This file was refused and none of its rows were kept', text: error ?? 'Upload it again.' };
}
