import { goodPassword, invite, tokenOf } from '@tests/features/invitations/invitations.support';
import { makeOrganization, makeUser, roleId } from '@tests/support/factories';
import { makePerson } from '@tests/support/sign-in';
import pg from 'pg';
import type { Fault } from './fault';
import { openPlace, type Place } from './support/place';
import { type Replicas, startReplicas } from './support/races';
import { asForm, makeVisitor, type Visitor } from './support/visitor';
import { startWebAt } from './support/web';

const fullRounds = 1_000;
const atOnce = 50;
const visitsAtOnce = 16;

type Count = (what: string) => void;

export const r9: Fault = {
  id: 'R9',
  what: `two replicas race: an invitation accepted ${atOnce} times at once, the last two System Admins deactivating each other`,
  mustHold: 'exactly one wins; no deadlock left',
  async run({ share, say }) {
    const place = await openPlace('R9');
    const complaints = new Map<string, number>();
    const complain: Count = (what) => complaints.set(what, (complaints.get(what) ?? 0) + 1);
    const rounds = Math.max(5, Math.round(fullRounds * share));
    const visits = Math.max(1, Math.round(rounds * 0.05));
    const accepts = Math.round((rounds - visits) / 2);
    const deactivations = rounds - visits - accepts;
    const replicas = await startReplicas(place, 2);
    try {
      await raceForInvitations(place, replicas, accepts, complain);
      say(`${accepts} invitations accepted by two processes`);
      await raceForLastAdmin(place, replicas, deactivations, complain);
      say(`${deactivations} last admins`);
      await raceOverHttp(place, visits, complain);
      say(`${visits} invitations accepted over HTTP`);
      for (const left of await locksLeft(place)) complain(left);
    } finally {
      replicas.stop();
      await place.close();
    }
    const note = `${accepts} invitations in two processes, ${visits} over HTTP by two web servers, ${deactivations} times the last admins`;
    return { runs: rounds, broken: [...complaints].map(([what, count]) => `${count} × ${what}`), note };
  },
};

async function makeInvitation(place: Place, senderId: string, organizationId: string, n: string) {
  const email = `candidate-${n}@example.com`;
  return invite(place.db, senderId, { email, organizationId, roles: ['member'] });
}

async function raceForInvitations(place: Place, replicas: Replicas, rounds: number, complain: Count) {
  const sender = await makeUser(place.db, { roles: ['system-admin'] });
  const { id: organizationId } = await makeOrganization(place.db);
  for (let n = 0; n < rounds; n += 1) {
    const invitation = await makeInvitation(place, sender.id, organizationId, `process-${n}`);
    const task = { kind: 'accept', what: tokenOf(invitation), actorId: '', times: atOnce / 2 } as const;
    const outcomes = await replicas.race([task, task]);
    const wins = outcomes.filter((outcome) => outcome === 'won').length;
    if (wins !== 1) complain(`${wins} acceptances of one invitation won`);
    for (const outcome of outcomes) if (!['won', 'invitation.used'].includes(outcome)) complain(outcome);
    await checkAccepted(place, invitation.userId, complain);
  }
}

async function checkAccepted(place: Place, userId: string, complain: Count) {
  const [sessions, memberships, events, person] = await Promise.all([
    place.db.session.count({ where: { userId } }),
    place.db.membership.count({ where: { userId } }),
    place.db.auditEvent.count({ where: { subjectId: userId, action: 'user.activated' } }),
    place.db.user.findUniqueOrThrow({ where: { id: userId }, select: { status: true } }),
  ]);
  if (sessions !== 1 || memberships !== 1 || events !== 1 || person.status !== 'active')
    complain(`${person.status} with ${sessions} sessions, ${memberships} memberships, ${events} events`);
}

/** There are only two System Admins, and each deactivates the other at the same moment, three times at once. */
async function raceForLastAdmin(place: Place, replicas: Replicas, rounds: number, complain: Count) {
  await place.db.userRole.deleteMany({});
  const role = await roleId(place.db, 'system-admin');
  const pair = [await makePerson(place.db), await makePerson(place.db)] as const;
  await place.db.userRole.createMany({ data: pair.map(({ id }) => ({ userId: id, roleId: role })) });
  const ids = pair.map(({ id }) => id);
  for (let n = 0; n < rounds; n += 1) {
    const [one, other] = pair;
    const outcomes = await replicas.race([
      { kind: 'deactivate', what: other.id, actorId: one.id, times: 3 },
      { kind: 'deactivate', what: one.id, actorId: other.id, times: 3 },
    ]);
    const wins = outcomes.filter((outcome) => outcome === 'won').length;
    const active = await place.db.user.count({ where: { id: { in: ids }, status: 'active' } });
    if (wins !== 1 || active !== 1) complain(`${wins} deactivations won, ${active} System Admins are left`);
    const expected = ['won', 'user.last_admin', 'user.not_active', 'not_allowed', 'signed_out'];
    for (const outcome of outcomes) if (!expected.includes(outcome)) complain(outcome);
    await place.db.user.updateMany({ where: { id: { in: ids } }, data: { status: 'active', suspendedAt: null } });
  }
}

async function raceOverHttp(place: Place, rounds: number, complain: Count) {
  const sender = await makeUser(place.db, { roles: ['system-admin'] });
  const { id: organizationId } = await makeOrganization(place.db);
  const webs = await Promise.all([startWebAt(place, 'web-1'), startWebAt(place, 'web-2')]);
  try {
    const visitors = webs.map((web) => makeVisitor(web.url));
    for (let n = 0; n < rounds; n += 1) {
      const invitation = await makeInvitation(place, sender.id, organizationId, `http-${n}`);
      const answers = await Promise.all(visitors.flatMap((visitor) => sendAtOnce(visitor, tokenOf(invitation))));
      const statuses = (await Promise.all(answers)).map((answer) => answer.status);
      const wins = statuses.filter((status) => status === 303).length;
      if (wins !== 1) complain(`${wins} acceptances over HTTP won`);
      for (const status of statuses) if (status >= 500 || status === 0) complain(`an answer of status ${status}`);
      await checkAccepted(place, invitation.userId, complain);
    }
  } finally {
    await Promise.all(webs.map((web) => web.stop()));
  }
}

function sendAtOnce(visitor: Visitor, token: string) {
  const path = `/activate/${token}`;
  const fields = { token, firstName: 'Nora', lastName: 'Newcomer', password: goodPassword };
  const hidden = visitor.hiddenFields(path, 'password');
  return Array.from({ length: visitsAtOnce / 2 }, async () => visitor.visit(path, asForm(await hidden, fields)));
}

/** Locks still waited for, transactions left open, and deadlocks. */
async function locksLeft(place: Place): Promise<string[]> {
  const client = new pg.Client({ connectionString: place.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ waiting: number; idle: number; deadlocks: number }>(`
    SELECT (SELECT count(*)::int FROM pg_locks WHERE NOT granted) AS waiting,
           (SELECT count(*)::int FROM pg_stat_activity WHERE state LIKE 'idle in transaction%') AS idle,
           (SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()) AS deadlocks`);
  await client.end();
  return Object.entries(rows[0] ?? {}).flatMap(([what, count]) => (count > 0 ? [`${count} locks ${what}`] : []));
}
