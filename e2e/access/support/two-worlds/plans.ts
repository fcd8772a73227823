import { digestPlan } from '@/features/plans/hash.service';
import { newId } from '@/lib/ids';
import type { Db } from '@/server/db/client';
import { writesOn } from '@/server/db/statements';
import { hoursAgo } from './clock';
import type { House } from './house';
import type { NewPerson } from './people';

type Filled = { people: NewPerson[]; invitationIds: string[] };
type State = 'preparing' | 'ready' | 'done' | 'failed' | 'cancelled';

/** Imports in every state, by the organization's admin and by somebody who acts in several, and bulk actions. */
export async function makePlans(db: Db, house: House, filled: Filled) {
  const imports: string[] = [];
  const owners = [house.admin, ...house.overlapping.slice(0, 1).map(({ id }) => id)];
  for (const [n, state] of (['ready', 'preparing', 'done', 'failed', 'cancelled'] as const).entries()) {
    for (const owner of owners) imports.push(await makeImport(db, house, filled, { owner, state, n }));
  }
  const bulk: string[] = [];
  for (const owner of owners) bulk.push(await makeBulkChange(db, house, filled, owner));
  return { import: imports, 'bulk action': bulk };
}

type Given = { owner: string; state: State; n: number };

async function makeImport(db: Db, house: House, { people }: Filled, { owner, state, n }: Given): Promise<string> {
  const id = newId();
  const columns = ['email', 'firstName', 'lastName'].map((field, index) => ({ index, header: field, field }));
  const rows = people.slice(0, 6);
  const params = {
    columns: columns.map(({ field }) => field),
    source: 'unknown',
    existing: 'skip',
    organizationId: house.id,
    suspended: 'leave_out',
    makeGroups: false,
    message: '',
    handsOut: { roles: [], groups: [] },
  };
  const isOver = state !== 'ready' && state !== 'preparing';
  await db.plan.create({
    data: {
      id,
      kind: 'import',
      state,
      organizationId: house.id,
      createdBy: owner,
      createdAt: hoursAgo(n * 7 + house.offset),
      ...(state !== 'preparing' && { params, counts: { create: 4, error: 2 }, total: rows.length }),
      ...(isOver && { finishedAt: hoursAgo(1), doneRows: rows.length }),
      upload: {
        create: {
          fileName: 'people.csv',
          size: 400,
          encoding: 'utf-8',
          delimiter: ',',
          columns,
          header: columns.map(({ header }) => header),
          rowCount: rows.length,
          sha256: new Uint8Array(32),
          rows: {
            create: rows.map(({ email, firstName, lastName }, at) => ({
              n: at + 2,
              fields: [email, firstName, lastName],
            })),
          },
        },
      },
    },
  });
  if (state === 'preparing') return id;
  await db.planRow.createMany({ data: rows.map((person, at) => ({ planId: id, ...rowFor(person, at, house.id) })) });
  if (state === 'done') await db.receipt.create({ data: { planId: id, counts: { create: 4 } } });
  const hash = await digestPlan(writesOn(db), id, params, params.handsOut);
  await db.plan.update({ where: { id }, data: { hash: Buffer.from(hash, 'hex') } });
  return id;
}

function rowFor({ email, firstName, lastName }: NewPerson, at: number, organization: string) {
  const row = { email: `new-${email}`, firstName, lastName, phone: null, suspended: false };
  const lists = { roles: [], groups: [], newGroups: [] };
  const isError = at > 3;
  return {
    n: at + 2,
    verdict: isError ? 'error' : 'create',
    label: row.email,
    change: { as: 'new', row: { ...row, ...lists, organization }, invite: true },
    reasons: isError ? [{ code: 'role_unknown', value: 'wizard' }] : [],
    status: isError ? ('skipped' as const) : ('pending' as const),
  };
}

async function makeBulkChange(db: Db, house: House, { invitationIds }: Filled, owner: string): Promise<string> {
  const id = newId();
  const ids = invitationIds.slice(0, 3);
  const params = { deed: 'resend', selection: { ids } };
  const change = { name: 'Invited Guest', organization: null, state: 'open', expiresAt: hoursAgo(-48).toISOString() };
  await db.plan.create({
    data: {
      id,
      kind: 'invitations',
      state: 'ready',
      organizationId: house.id,
      createdBy: owner,
      // Before the one that a test makes: of two at the same moment either could be the oldest.
      createdAt: hoursAgo(house.offset + 1),
      params,
      counts: { apply: ids.length },
      total: ids.length,
      rows: {
        create: ids.map((subjectId, n) => ({
          n: n + 1,
          verdict: 'apply',
          subjectId,
          subjectVersion: 1,
          label: `invited-${n}@shared.example`,
          change,
        })),
      },
    },
  });
  const hash = await digestPlan(writesOn(db), id, params, { roles: [], groups: [] });
  await db.plan.update({ where: { id }, data: { hash: Buffer.from(hash, 'hex') } });
  return id;
}
