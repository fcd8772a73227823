import { membershipStory } from '../support/membership-story';
import { welcome } from '../support/people';
import { test } from '../support/test';

test.use({ meetsRefusals: true });

test('without scripts: membership, its roles, its end, and a role on the platform', async ({ open }) => {
  const admin = await open('admin');
  const visitor = await open();
  await membershipStory(admin, visitor, await welcome(admin, visitor));
});
