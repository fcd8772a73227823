import { mayJoinSeveral } from '@/features/memberships/one-organization.policy';
import type { Reason, ReasonCode } from './messages.schema';
import type { ImportChange, ImportVerdict } from './review.schema';
import { type CompareContext, isInView, isManaged, obstacleTo } from './validate.policy';
import type { OpenInvitation, Person } from './validate.queries';

export type Compared = {
  verdict: ImportVerdict;
  change: ImportChange;
  reasons: Reason[];
  subjectId: string | null;
  subjectVersion: number | null;
};

type Wanted = ImportChange['row'];

/**
 * Compares a valid row with the account of its address. To an org admin, an account outside their organization looks
 * like no account: they see a new invitation or the one they sent before, never the account itself.
 */
export function compareRow(row: Wanted, context: CompareContext): Compared {
  const person = context.people.get(row.email);
  if (person && isInView(person, context.own)) return comparePerson(row, visibleTo(context.own, person), context);
  const open = person?.open.find((invitation) => invitation.organizationId === row.organization);
  if (person && open) return { ...compareInvitation(row, open, context), subjectId: person.id };
  if (row.suspended && (context.own !== null || context.params.suspended === 'leave_out'))
    return unchangedRow(row, 'suspended_left_out');
  const as = person ? 'invite' : 'new';
  const change: ImportChange = { as, row, addRoles: row.roles, addGroups: row.groups, invite: !row.suspended };
  return { verdict: 'create', change, reasons: [], subjectId: person?.id ?? null, subjectVersion: null };
}

/** Hides other organizations' open invitations from an org admin, even for their own members. */
function visibleTo(own: string | null, person: Person): Person {
  if (own === null) return person;
  return { ...person, open: person.open.filter(({ organizationId }) => organizationId === own) };
}

function unchangedRow(row: Wanted, code: ReasonCode): Compared {
  return {
    verdict: 'unchanged',
    change: { as: 'person', row },
    reasons: [{ code }],
    subjectId: null,
    subjectVersion: null,
  };
}

const missing = (wanted: readonly string[], existing: readonly string[]) =>
  wanted.filter((id) => !existing.includes(id));

/** Compares only with what the importer entered before, so that the account's own name stays private. */
function compareInvitation(row: Wanted, open: OpenInvitation, context: CompareContext): Compared {
  if (context.params.existing === 'skip') return unchangedRow(row, 'kept_existing');
  const change: ImportChange = {
    as: 'amend',
    row,
    open: open.id,
    ...addedRoles(row.roles, open.roles),
    addGroups: missing(row.groups, open.groups),
    ...differing(row, { ...open, phone: null }, false),
  };
  return comparedWith(change, null, []);
}

function comparePerson(row: Wanted, person: Person, context: CompareContext): Compared {
  const refused = (code: ReasonCode, verdict: ImportVerdict): Compared => ({
    verdict,
    change: { as: 'person', row },
    reasons: [{ code }],
    subjectId: person.id,
    subjectVersion: null,
  });
  if (person.status === 'archived') return refused('archived', 'error');
  if (context.params.existing === 'skip') return { ...unchangedRow(row, 'kept_existing'), subjectId: person.id };
  const place = row.organization;
  const places = [...person.organizations, ...person.open.flatMap((open) => open.organizationId ?? [])];
  const isSecond = place !== null && places.length > 0 && !places.includes(place);
  if (isSecond && !mayJoinSeveral()) return refused('second_organization', 'error');

  const managed = isManaged(person, context.own);
  const differences = differing(row, person, true);
  const grants = grantsToAdd(row, person);
  const joins = joining(place, person, isGranting(row, grants));
  // A person marked as suspended is not invited, even if another invitation of theirs is open.
  if (row.suspended && joins.invite) return { ...unchangedRow(row, 'suspended_left_out'), subjectId: person.id };
  const change: ImportChange = {
    as: 'person',
    row,
    ...grants,
    ...joins,
    ...(managed && differences),
  };
  const reasons: Reason[] = !managed && differences.set ? [{ code: 'not_managed' }] : [];
  const compared = comparedWith(change, person, reasons);
  const obstacle = compared.verdict === 'update' ? obstacleTo(person, context.can, context.own) : null;
  return obstacle ? refused(obstacle, 'not_allowed') : compared;
}

type Added = { addRoles: string[]; addGroups: string[]; hadRoles?: string[] };

function addedRoles(wanted: readonly string[], hadRoles: string[]): Pick<Added, 'addRoles' | 'hadRoles'> {
  const addRoles = missing(wanted, hadRoles);
  return addRoles.length > 0 ? { addRoles, hadRoles } : { addRoles };
}

function grantsToAdd(row: Wanted, person: Person): Added {
  const place = row.organization;
  const open = person.open.find((invitation) => invitation.organizationId === place);
  const existing =
    place === null ? person.platformRoles : person.memberRoles.flatMap(([at, role]) => (at === place ? [role] : []));
  return {
    ...addedRoles(row.roles, [...existing, ...(open?.roles ?? [])]),
    addGroups: missing(row.groups, [...person.groups, ...(open?.groups ?? [])]),
  };
}

function isGranting(row: Wanted, { addRoles, addGroups }: Added): boolean {
  return addRoles.length + addGroups.length + row.newGroups.length > 0;
}

/**
 * An active or inactive person joins the organization at once. An invited person gets nothing before they accept, so
 * they get another invitation, unless the row grants them nothing new. An account whose address nobody confirmed joins
 * nothing by that address alone, so it is invited too.
 */
function joining(
  place: string | null,
  person: Person,
  grantsMore: boolean,
): Pick<ImportChange, 'join' | 'invite' | 'open'> {
  const open = person.open.find((invitation) => invitation.organizationId === place);
  if (open) return { open: open.id };
  const isMember = place === null || person.organizations.includes(place);
  if (person.status === 'invited' && (grantsMore || !isMember || person.open.length === 0)) return { invite: true };
  const isNew = place === null ? grantsMore : !isMember;
  if (person.isUnconfirmed && isNew) return { invite: true };
  return isMember ? {} : { join: true };
}

type Named = { firstName: string; lastName: string; phone: string | null };

/** An empty cell never clears a name or phone. */
function differing(row: Wanted, existing: Named, withPhone: boolean): Pick<ImportChange, 'set' | 'before'> {
  const set: NonNullable<ImportChange['set']> = {};
  const before: NonNullable<ImportChange['before']> = {};
  for (const field of ['firstName', 'lastName', 'phone'] as const) {
    const value = row[field];
    if (!value || value === existing[field] || (field === 'phone' && !withPhone)) continue;
    set[field] = value;
    Object.assign(before, { [field]: existing[field] });
  }
  return Object.keys(set).length > 0 ? { set, before } : {};
}

function comparedWith(change: ImportChange, person: Person | null, reasons: Reason[]): Compared {
  const { set, addRoles = [], addGroups = [], join, invite, row } = change;
  const isUpdate = set || addRoles.length > 0 || addGroups.length > 0 || row.newGroups.length > 0 || join || invite;
  return {
    verdict: isUpdate ? 'update' : 'unchanged',
    change,
    reasons,
    subjectId: person?.id ?? null,
    subjectVersion: isUpdate ? (person?.version ?? null) : null,
  };
}
