'use server';

import { action, done, stay } from '@/server/work';
import { preferencesSchema, singleKeysSchema } from './preferences.schema';
import { savePreferences, saveSingleKeys } from './preferences.service';

export const savePreferencesAction = action({
  name: 'account.preferences',
  permission: 'account.own',
  input: preferencesSchema,
  unaudited: true,
  run: async (work, input) => {
    await savePreferences(work, input);
    return done('/account/preferences', 'account.preferences-saved');
  },
});

/** The switch in the list of shortcuts. It redirects nowhere, so that the list stays open. */
export const saveSingleKeysAction = action({
  name: 'account.single-keys',
  permission: 'account.own',
  input: singleKeysSchema,
  unaudited: true,
  run: async (work, { singleKeys }) => {
    await saveSingleKeys(work, singleKeys);
    return stay({});
  },
});
