import { membershipStory } from '../support/membership-story';
import { welcome } from '../support/people';
import { test } from '../support/test';

test.use({ meetsRefusals: true });

test('without scripts: a person joins an organization, gets more roles, is removed, becomes an auditor', async ({
  open,
}) => {
  const admin = await open('admin');
  const visitor = await open();
  await membershipStory(admin, visitor, await welcome(admin, visitor));
});
