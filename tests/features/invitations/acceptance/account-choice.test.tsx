import { testDatabase } from '@tests/support/database';
import { makeMember, makeUser } from '@tests/support/factories';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { AccountChoice } from '@/features/invitations/acceptance/components/account-choice';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { readsOn } from '@/server/db/statements';
import { invite, tokenOf } from '../invitations.support';

const { db } = await testDatabase();

test('a person with an account signs in on the page of the organization that invited them', async () => {
  const admin = await makeMember(db, { roles: ['org-admin'] });
  const { slug } = await db.organization.findUniqueOrThrow({ where: { id: admin.organizationId } });
  const { email } = await makeUser(db);
  const token = tokenOf(await invite(db, admin.id, { email, organizationId: admin.organizationId, roles: ['viewer'] }));
  const invitation = await findByToken(readsOn(db), token);
  if (!invitation) throw new Error('The link does not work.');
  const page = renderToStaticMarkup(<AccountChoice token={token} invitation={invitation} actor={null} />);
  expect(page).toContain(`href="/o/${slug}?next=%2Factivate%2F${token}"`);
  const ofThePlatform = { ...invitation, organizationSlug: null };
  expect(renderToStaticMarkup(<AccountChoice token={token} invitation={ofThePlatform} actor={null} />)).toContain(
    'href="/sign-in?next=',
  );
});
