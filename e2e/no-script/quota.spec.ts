import { quotaStory } from '../support/quota-story';
import { test } from '../support/test';

test('without scripts: invitations above the hourly quota leave later, and every page says when', async ({ open }) => {
  await quotaStory(await open('admin'), await open(), await open());
});
