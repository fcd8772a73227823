import { testDatabase } from '@tests/support/database';
import { makeGroup, makeMember, makeOrganization, workAs } from '@tests/support/factories';
import { expect, test } from 'vitest';
import type { Step } from '@/features/imports/apply.schema';
import { stepsBeyondRights } from '@/features/imports/apply-grants.queries';

const { db } = await testDatabase();

function joining(place: string, group: string): Step {
  const row = { email: 'ada@example.com', firstName: '', lastName: '', phone: null, suspended: false };
  const change = {
    as: 'new' as const,
    row: { ...row, organization: place, roles: [], groups: [group], newGroups: [] },
  };
  return { n: 2, verdict: 'create', change, userId: null, version: null, place, roles: [], groups: [group] };
}

test('an import does not add anybody to a group of another organization, even if it grants nothing', async () => {
  const { id, organizationId } = await makeMember(db, { roles: ['org-admin'] });
  const other = await makeOrganization(db);
  const own = joining(organizationId, (await makeGroup(db, { organizationId })).id);
  const foreign = joining(organizationId, (await makeGroup(db, { organizationId: other.id })).id);
  const refused = await workAs<'users.import', Set<Step>>(db, id, (work) => stepsBeyondRights(work, [own, foreign]), {
    exempt: true,
  });
  expect([...refused]).toEqual([foreign]);
});
