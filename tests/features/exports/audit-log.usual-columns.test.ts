import { testDatabase } from '@tests/support/database';
import { makeUser } from '@tests/support/factories';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { eventListing } from '@/features/exports/audit-log.queries';
import { type AuditActor, insertAudit } from '@/server/audit';
import { fileOf } from './exports.support';

const { db } = await testDatabase();

/** The columns that the form has ticked when it opens. */
const usual = eventListing.fields.filter(({ isUsual }) => isUsual).map(({ key }) => key);

// Without a formula: spreadsheets must not run one, so CSV marks it.
const hostile = 'a "quoted" reason,\nwith a line break; – ünïcødé \u2028 \t end';

async function world() {
  const root = await makeUser(db, { roles: ['system-admin'], firstName: 'Root', lastName: 'Away' });
  const actors: AuditActor[] = [
    { kind: 'user', id: root.id },
    { kind: 'system', id: null },
    { kind: 'operator', id: null },
    { kind: 'anonymous', id: null },
  ];
  for (const actor of actors) {
    await insertAudit(db, { actor, requestId: null, ip: '192.0.2.1' }, [
      {
        action: 'user.updated',
        subject: { type: 'user', id: root.id },
        before: { phone: null },
        after: { phone: actor.kind },
        reason: hostile,
      },
    ]);
  }
  return root;
}

const expected = ['user', 'system', 'operator', 'anonymous'].map((kind, n) => ({
  by: kind === 'user' ? 'Root Away' : null,
  by_kind: ['person', 'system', 'operator', 'nobody'][n],
  details: { before: { phone: null }, after: { phone: kind }, reason: hostile, ip: '192.0.2.1' },
}));

describe('what the form exports unless columns are chosen', () => {
  test('has the kind of who did it, and the details', () => {
    expect(usual).toEqual(expect.arrayContaining(['by', 'by_kind', 'details']));
  });

  test.each(['csv', 'csv-excel'])('%s reads back as it was recorded', async (format) => {
    const root = await world();
    const file = await fileOf(db, root.id, eventListing, { fields: usual, format });
    const { data, errors } = Papa.parse<Record<string, string>>(file.replace(/^\uFEFF/, ''), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    const read = data.map(({ by, by_kind, details }) => ({
      by: by || null,
      by_kind,
      details: JSON.parse(details ?? ''),
    }));
    expect(read.toReversed()).toEqual(expected);
  });

  test('jsonl reads back as it was recorded', async () => {
    const root = await world();
    const file = await fileOf(db, root.id, eventListing, { fields: usual, format: 'jsonl' });
    const read = file
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .map(({ by, by_kind, details }) => ({ by, by_kind, details }));
    expect(read.toReversed()).toEqual(expected);
  });
});
