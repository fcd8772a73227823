import { digestPlan } from '@/features/plans/hash.service';
import { newId } from '@/lib/ids';
import type { Db } from '@/server/db/client';
import { writesOn } from '@/server/db/statements';
import type { ActorName, Place } from '../actors';
import { addressIn, nameIn, type Target } from './targets';
import type { Base } from './world-records';

const owners: [owner: ActorName, place: Place][] = [
  ['org admin A', 'a'],
  ['org admin B', 'b'],
  ['system admin', null],
];

/** Two imports of each person who may import: one just uploaded, one ready for review. */
export async function makeImports(db: Db, base: Base): Promise<Target[]> {
  const targets: Target[] = [];
  for (const [owner, place] of owners) {
    for (const state of ['staged', 'ready'] as const) {
      const { id, hash } = await makeImport(db, base, owner, place, state);
      const shows = nameIn(place ?? 'p', `${state}.csv`);
      targets.push({ name: `${state} of the ${owner}`, id, places: [place], state, owner, shows, extra: { hash } });
    }
  }
  return targets;
}

async function makeImport(db: Db, base: Base, owner: ActorName, place: Place, state: 'staged' | 'ready') {
  const id = newId();
  const mark = place ?? 'p';
  const header = ['email', 'first name', 'last name'];
  const fields = (['email', 'firstName', 'lastName'] as const).map((field, index) => ({
    index,
    header: header[index] ?? '',
    field,
  }));
  const params = {
    columns: fields.map(({ field }) => field),
    source: 'unknown',
    existing: 'skip',
    organizationId: place && base.organizations[place],
    suspended: 'leave_out',
    makeGroups: false,
    message: '',
    handsOut: { roles: [], groups: [] },
  };
  const email = addressIn(mark, 'imported');
  await db.plan.create({
    data: {
      id,
      kind: 'import',
      state: state === 'ready' ? 'ready' : 'preparing',
      organizationId: place && base.organizations[place],
      createdBy: base.people[owner].id,
      ...(state === 'ready' && { params, counts: { create: 1 }, total: 1 }),
      upload: {
        create: {
          fileName: nameIn(mark, `${state}.csv`),
          size: 100,
          encoding: 'utf-8',
          delimiter: ',',
          columns: fields,
          header,
          rowCount: 1,
          sha256: new Uint8Array(32),
          rows: { create: { n: 2, fields: [email, nameIn(mark, 'Imported'), 'Person'] } },
        },
      },
    },
  });
  if (state === 'staged') return { id, hash: '' };
  const row = { email, firstName: nameIn(mark, 'Imported'), lastName: 'Person', phone: null, suspended: false };
  const lists = { roles: [], groups: [], newGroups: [] };
  const organization = place && base.organizations[place];
  const change = { as: 'new', row: { ...row, ...lists, organization }, invite: true };
  await db.planRow.create({ data: { planId: id, n: 2, verdict: 'create', label: email, change } });
  const hash = await digestPlan(writesOn(db), id, params, params.handsOut);
  await db.plan.update({ where: { id }, data: { hash: Buffer.from(hash, 'hex') } });
  return { id, hash };
}

/** A bulk action for each person who may invite: it resends one invitation and is ready for confirmation. */
export async function makeBulkChanges(db: Db, base: Base, invitations: Target[]): Promise<Target[]> {
  const targets: Target[] = [];
  for (const [owner, place] of owners) {
    const open = invitations.find(({ state, places }) => state === 'open' && places[0] === place);
    const id = newId();
    const organizationId = place && base.organizations[place];
    const subjectId = String(open?.id);
    const params = { deed: 'resend', selection: { ids: [subjectId] } };
    const label = addressIn(place ?? 'p', 'listed');
    const change = {
      name: nameIn(place ?? 'p', 'Listed'),
      organization: null,
      state: 'open',
      expiresAt: new Date().toISOString(),
    };
    await db.plan.create({
      data: {
        id,
        kind: 'invitations',
        state: 'ready',
        organizationId,
        createdBy: base.people[owner].id,
        params,
        counts: { apply: 1 },
        total: 1,
        rows: { create: { n: 1, verdict: 'apply', subjectId, subjectVersion: 1, label, change } },
      },
    });
    const hash = await digestPlan(writesOn(db), id, params, { roles: [], groups: [] });
    await db.plan.update({ where: { id }, data: { hash: Buffer.from(hash, 'hex') } });
    targets.push({ name: `of the ${owner}`, id, places: [place], state: 'ready', owner, extra: { hash } });
  }
  return targets;
}
