import { mayJoinSeveral } from '@/features/memberships/obstacles.policy';
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
 * What a sound row means for whoever has its address. For an org admin somebody outside their view looks like nobody:
 * a new invitation, or the one they sent before, never the account behind it.
 */
export function compareRow(row: Wanted, context: CompareContext): Compared {
  const person = context.people.get(row.email);
  if (person && isInView(person, context.own)) return comparePerson(row, seenFrom(context.own, person), context);
  const open = person?.open.find((invitation) => invitation.organizationId === row.organization);
  if (person && open) return { ...compareInvitation(row, open, context), subjectId: person.id };
  if (row.suspended && (context.own !== null || context.params.suspended === 'leave_out'))
    return leftAlone(row, 'suspended_left_out');
  const as = person ? 'invite' : 'new';
  const change: ImportChange = { as, row, addRoles: row.roles, addGroups: row.groups, invite: !row.suspended };
  return { verdict: 'create', change, reasons: [], subjectId: person?.id ?? null, subjectVersion: null };
}

/** Of an org admin's own person, too, what another organization does is not theirs to learn: no open invitation to there. */
function seenFrom(own: string | null, person: Person): Person {
  if (own === null) return person;
  return { ...person, open: person.open.filter(({ organizationId }) => organizationId === own) };
}

function leftAlone(row: Wanted, code: ReasonCode): Compared {
  return {
    verdict: 'unchanged',
    change: { as: 'person', row },
    reasons: [{ code }],
    subjectId: null,
    subjectVersion: null,
  };
}

const missing = (wanted: readonly string[], there: readonly string[]) => wanted.filter((id) => !there.includes(id));

/** Only what the importer typed before and types now; the account's own name is nobody's business here. */
function compareInvitation(row: Wanted, open: OpenInvitation, context: CompareContext): Compared {
  if (context.params.existing === 'skip') return leftAlone(row, 'kept_existing');
  const change: ImportChange = {
    as: 'amend',
    row,
    open: open.id,
    addRoles: missing(row.roles, open.roles),
    addGroups: missing(row.groups, open.groups),
    ...differing(row, { ...open, phone: null }, false),
  };
  return concluded(change, null, []);
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
  if (context.params.existing === 'skip') return { ...leftAlone(row, 'kept_existing'), subjectId: person.id };
  const place = row.organization;
  const places = [...person.organizations, ...person.open.flatMap((open) => open.organizationId ?? [])];
  const isSecond = place !== null && places.length > 0 && !places.includes(place);
  if (isSecond && !mayJoinSeveral()) return refused('second_organization', 'error');

  const managed = isManaged(person, context.own);
  const differences = differing(row, person, true);
  const grants = grantsToAdd(row, person);
  const joins = joining(place, person, isGranting(row, grants));
  // Who is suspended where they come from is invited by nobody, also when they wait for another invitation.
  if (row.suspended && joins.invite) return { ...leftAlone(row, 'suspended_left_out'), subjectId: person.id };
  const change: ImportChange = {
    as: 'person',
    row,
    ...grants,
    ...joins,
    ...(managed && differences),
  };
  const reasons: Reason[] = !managed && differences.set ? [{ code: 'not_managed' }] : [];
  const compared = concluded(change, person, reasons);
  const obstacle = compared.verdict === 'update' ? obstacleTo(person, context.can, context.own) : null;
  return obstacle ? refused(obstacle, 'not_allowed') : compared;
}

type Added = { addRoles: string[]; addGroups: string[] };

function grantsToAdd(row: Wanted, person: Person): Added {
  const place = row.organization;
  const open = person.open.find((invitation) => invitation.organizationId === place);
  const held =
    place === null ? person.platformRoles : person.memberRoles.flatMap(([at, role]) => (at === place ? [role] : []));
  return {
    addRoles: missing(row.roles, [...held, ...(open?.roles ?? [])]),
    addGroups: missing(row.groups, [...person.groups, ...(open?.groups ?? [])]),
  };
}

function isGranting(row: Wanted, { addRoles, addGroups }: Added): boolean {
  return addRoles.length + addGroups.length + row.newGroups.length > 0;
}

/**
 * Somebody with an account simply joins the organization. Whoever is still invited gets nothing before they accept: they
 * are invited to this very place too, unless the row gives them nothing there that they do not have.
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
  return isMember ? {} : { join: true };
}

type Named = { firstName: string; lastName: string; phone: string | null };

/** An empty cell says nothing: it never empties a name or a number. */
function differing(row: Wanted, there: Named, withPhone: boolean): Pick<ImportChange, 'set' | 'before'> {
  const set: NonNullable<ImportChange['set']> = {};
  const before: NonNullable<ImportChange['before']> = {};
  for (const field of ['firstName', 'lastName', 'phone'] as const) {
    const value = row[field];
    if (!value || value === there[field] || (field === 'phone' && !withPhone)) continue;
    set[field] = value;
    Object.assign(before, { [field]: there[field] });
  }
  return Object.keys(set).length > 0 ? { set, before } : {};
}

function concluded(change: ImportChange, person: Person | null, reasons: Reason[]): Compared {
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
