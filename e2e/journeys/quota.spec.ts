import { quotaStory } from '../support/quota-story';
import { test } from '../support/test';

test('invitations above the hourly quota of an organization leave later, and every page says when', async ({
  open,
}) => {
  await quotaStory(await open('admin'), await open(), await open());
});
