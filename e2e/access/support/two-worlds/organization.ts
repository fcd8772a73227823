import { makeGroup } from '@tests/support/factories';
import { newId } from '@/lib/ids';
import type { Db } from '@/server/db/client';
import { hoursAgo } from './clock';
import type { House, Records } from './house';
import { insertPeople, join, type NewPerson, namesakes } from './people';
import { makePlans } from './plans';
import { makeTraces } from './traces';

/**
 * Fills an organization so that each list, filter, choice and count would change if it showed to another organization.
 * Everything has the same names in each: people, groups, teams, files, addresses of invitations.
 */
export async function fillOrganization(db: Db, house: House, extra: NewPerson[] = []): Promise<Records> {
  const people = [...namesakes(house.tag, house.offset), ...extra];
  await insertPeople(db, people);
  const overlapping = house.overlapping.map(({ id }) => id);
  const joined = people.filter(({ status }) => status !== 'invited').map(({ id }) => id);
  await join(db, house.id, joined);
  const members = [...overlapping, ...joined];
  const { group, team } = await makeGroups(db, house, members);
  const traces = await makeTraces(db, house, { people, groupIds: group });
  const plans = await makePlans(db, house, { people, invitationIds: traces.invitation });
  await makeFigures(db, house.id);
  return { user: people.map(({ id }) => id), group, team, ...traces, ...plans };
}

/** What Home shows of the last days. */
async function makeFigures(db: Db, organizationId: string) {
  const data = [1, 2, 3].map((n) => ({ organizationId, day: hoursAgo(24 * n), joined: n, signedIn: 5 * n }));
  await db.dayFigure.createMany({ data });
}

async function makeGroups(db: Db, { id: organizationId }: House, members: string[]) {
  const group: string[] = [];
  const team: string[] = [];
  for (const [n, name] of ['Mentors', 'Night shift', 'Reception'].entries()) {
    const roles = n === 0 ? ['author'] : n === 1 ? ['expert', 'viewer'] : [];
    const made = await makeGroup(db, { name, organizationId, roles });
    group.push(made.id);
    await db.groupMember.createMany({
      data: members.filter((_, at) => at % (n + 2) === 0).map((userId) => ({ groupId: made.id, userId })),
    });
  }
  for (const [n, name] of ['East', 'West'].entries()) {
    const made = await db.team.create({ data: { id: newId(), organizationId, name } });
    team.push(made.id);
    await db.teamMember.createMany({
      data: members
        .filter((_, at) => at % (n + 2) === 0)
        .map((userId, at) => ({ teamId: made.id, organizationId, userId, role: at === 0 ? 'lead' : 'member' })),
    });
  }
  return { group, team };
}
