import { randomInt } from 'node:crypto';
import { newId } from '@/lib/ids';
import { hashPassword } from '@/server/auth/password';
import { type JsonObject, sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';
import { demoAddress, demoName } from './people';
import { insertSignIns } from './sign-ins';

const demoWorld = unscoped('the demo fills an empty database');

export type DemoSignIn = { role: string; email: string };
export type Demo = { password: string; signIns: DemoSignIn[] };

type Person = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  status: 'invited' | 'active' | 'inactive' | 'archived';
  daysAgo: number;
  seenDaysAgo: number | null;
  organization: number | null;
  roles: string[];
};

const organizations = [
  { name: 'Acme Corp', slug: 'acme', people: 96, domain: 'acme.example' },
  { name: 'Harbor House', slug: 'harbor-house', people: 62, domain: 'harborhouse.example' },
  { name: 'Studio Lumière', slug: 'studio-lumiere', people: 34, domain: 'lumiere.example' },
] as const;

/** Generated for every installation: there is no default secret, not even in the demo. */
function demoPassword(): string {
  const syllable = () => `${'bdfgklmnprstv'[randomInt(13)]}${'aeiou'[randomInt(5)]}`;
  const word = () => syllable() + syllable();
  return `${word()}-${word()}-${word()}-${randomInt(1000, 9999)}`;
}

export async function makeDemoWorld(work: SystemWork): Promise<Demo> {
  const organizationIds = organizations.map(() => newId());
  await work.write(demoWorld, (tables) =>
    tables.organization.createMany({
      data: organizations.map(({ name, slug }, index) => ({ id: organizationIds[index] ?? newId(), name, slug })),
    }),
  );
  const roles = new Map(
    (await work.read(demoWorld, (tables) => tables.role.findMany({ select: { id: true, key: true } }))).map((r) => [
      r.key,
      r.id,
    ]),
  );
  const people = [...leaders(), ...organizations.flatMap((_, index) => membersOf(index))];
  await insertPeople(work, people);
  await insertMemberships(work, people, organizationIds, roles);
  await insertGroupsAndTeams(work, people, organizationIds, roles);
  const password = demoPassword();
  await insertCredentials(work, people, password);
  await insertSignIns(work, people);
  await work.audit(
    ...organizations.map(({ name, slug }, index) => ({
      action: 'organization.created' as const,
      subject: { type: 'organization', id: organizationIds[index] ?? null },
      organizationId: organizationIds[index] ?? null,
      after: { name, slug },
    })),
    ...people.map((person) => ({
      action: 'user.created' as const,
      subject: { type: 'user', id: person.id },
      organizationId: person.organization === null ? null : (organizationIds[person.organization] ?? null),
      after: traceOf(person),
      reason: 'Demo world',
    })),
  );
  const signIns = [
    { role: 'System Admin', email: 'ada@rollcall.example' },
    { role: 'Auditor', email: 'auditor@rollcall.example' },
    ...organizations.map(({ name, domain }) => ({ role: `Org Admin of ${name}`, email: `admin@${domain}` })),
    { role: 'Member of Acme Corp', email: 'member@acme.example' },
  ];
  return { password, signIns };
}

function traceOf({ email, firstName, lastName, status, roles }: Person): JsonObject {
  return { email, firstName, lastName, status, roles };
}

function leaders(): Person[] {
  const person = (email: string, firstName: string, lastName: string, organization: number | null, role: string) => ({
    id: newId(),
    email,
    firstName,
    lastName,
    status: 'active' as const,
    daysAgo: 400,
    seenDaysAgo: 1,
    organization,
    roles: [role],
  });
  return [
    person('ada@rollcall.example', 'Ada', 'Lovelace', null, 'system-admin'),
    person('grace@rollcall.example', 'Grace', 'Hopper', null, 'system-admin'),
    person('auditor@rollcall.example', 'Alan', 'Turing', null, 'auditor'),
    person('admin@acme.example', 'Mary', 'Jackson', 0, 'org-admin'),
    person('admin@harborhouse.example', 'Katherine', 'Johnson', 1, 'org-admin'),
    person('admin@lumiere.example', 'Sophie', 'Germain', 2, 'org-admin'),
    person('member@acme.example', 'Tim', 'Member', 0, 'member'),
  ];
}

const memberRoles = [['member'], ['caseworker'], ['staff'], ['viewer'], ['member', 'author'], ['member', 'expert']];

function membersOf(organization: number): Person[] {
  const { people, domain } = organizations[organization] ?? organizations[0];
  return Array.from({ length: people }, (_, index) => {
    const n = organization * 100 + index;
    const status = index % 11 === 5 ? 'inactive' : index % 17 === 9 ? 'archived' : 'active';
    return {
      id: newId(),
      email: demoAddress(n, domain),
      ...demoName(n),
      status,
      daysAgo: (n * 13) % 700,
      seenDaysAgo: index % 7 === 3 ? null : (n * 5) % 160,
      organization,
      roles: memberRoles[index % memberRoles.length] ?? ['member'],
    };
  });
}

async function insertPeople(work: SystemWork, people: Person[]) {
  const now = Date.now();
  const ago = (days: number) => new Date(now - days * 86_400_000);
  await work.write(demoWorld, (tables) =>
    tables.user.createMany({
      data: people.map(({ id, email, firstName, lastName, status, daysAgo, seenDaysAgo }) => {
        const seen = seenDaysAgo === null ? null : ago(Math.min(seenDaysAgo, daysAgo));
        return {
          id,
          email,
          firstName,
          lastName,
          status,
          createdAt: ago(daysAgo),
          activatedAt: ago(Math.max(daysAgo - 2, 0)),
          emailVerifiedAt: ago(Math.max(daysAgo - 2, 0)),
          lastSignInAt: seen,
          lastActivityAt: seen,
          suspendedAt: status === 'inactive' ? ago(10) : null,
          suspendedReason: status === 'inactive' ? 'On leave' : null,
          deactivatedBy: status === 'inactive' ? 'organization' : null,
          archivedAt: status === 'archived' ? ago(20) : null,
          archivedStatus: status === 'archived' ? ('active' as const) : null,
        };
      }),
    }),
  );
}

async function insertMemberships(
  work: SystemWork,
  people: Person[],
  organizationIds: string[],
  roles: Map<string, string>,
) {
  const members = people.flatMap(({ id, organization }) =>
    organization === null ? [] : [{ user_id: id, organization_id: organizationIds[organization] }],
  );
  await work.write(
    demoWorld,
    sql`
      INSERT INTO membership (user_id, organization_id, joined_at, email, sort_name, search, first_key, last_key, status,
                              created_at, last_sign_in_at, last_activity_at)
      SELECT u.id, m.organization_id, u.created_at, u.email, u.sort_name, u.search, u.first_key, u.last_key, u.status,
             u.created_at, u.last_sign_in_at, u.last_activity_at
        FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS m(user_id uuid, organization_id uuid)
        JOIN "user" u ON u.id = m.user_id`,
  );
  const granted = people.flatMap((person) => person.roles.map((key) => ({ person, roleId: roles.get(key) ?? '' })));
  await work.write(demoWorld, (tables) =>
    tables.userRole.createMany({
      data: granted.flatMap(({ person, roleId }) =>
        person.organization === null ? [{ userId: person.id, roleId }] : [],
      ),
    }),
  );
  await work.write(demoWorld, (tables) =>
    tables.membershipRole.createMany({
      data: granted.flatMap(({ person, roleId }) =>
        person.organization === null
          ? []
          : [{ userId: person.id, organizationId: organizationIds[person.organization] ?? '', roleId }],
      ),
    }),
  );
}

async function insertGroupsAndTeams(
  work: SystemWork,
  people: Person[],
  organizationIds: string[],
  roles: Map<string, string>,
) {
  const groups = [
    { id: newId(), name: 'Content Editors', description: 'People who write and design.', role: 'author' },
    { id: newId(), name: 'Mentors', description: 'People who coach others.', role: 'expert' },
  ];
  await work.write(demoWorld, (tables) =>
    tables.group.createMany({ data: groups.map(({ role: _role, ...group }) => group) }),
  );
  await work.write(demoWorld, (tables) =>
    tables.groupRole.createMany({
      data: groups.map(({ id, role }) => ({ groupId: id, roleId: roles.get(role) ?? '' })),
    }),
  );
  const inside = people.filter((person) => person.organization !== null);
  await work.write(demoWorld, (tables) =>
    tables.groupMember.createMany({
      data: inside.flatMap((person, index) => {
        const group = index % 9 === 0 ? groups[0] : index % 14 === 0 ? groups[1] : undefined;
        return group ? [{ groupId: group.id, userId: person.id }] : [];
      }),
    }),
  );
  const teams = organizationIds.flatMap((organizationId) =>
    ['Intake', 'Outreach'].map((name) => ({ id: newId(), organizationId, name })),
  );
  await work.write(demoWorld, (tables) => tables.team.createMany({ data: teams }));
  await work.write(demoWorld, (tables) =>
    tables.teamMember.createMany({
      data: inside.flatMap((person, index) => {
        const team = index % 3 === 0 ? teams[(person.organization ?? 0) * 2 + (index % 2)] : undefined;
        if (!team) return [];
        const role = index % 15 === 0 ? ('lead' as const) : ('member' as const);
        return [{ teamId: team.id, organizationId: team.organizationId, userId: person.id, role }];
      }),
    }),
  );
}

/** One hash for everybody: two hundred would slow down the first start for nothing. */
async function insertCredentials(work: SystemWork, people: Person[], password: string) {
  const stored = await hashPassword(password);
  await work.write(demoWorld, (tables) =>
    tables.credential.createMany({ data: people.map(({ id }) => ({ userId: id, ...stored })) }),
  );
}
