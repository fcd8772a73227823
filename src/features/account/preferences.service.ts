import { sql } from '@/server/db/sql';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';
import type { PreferencesInput } from './preferences.schema';

const ownAccount = unscoped('own account');

/** Not audited, like everything on the closed list of a person's own preferences. */
export async function savePreferences(work: Work<'account.own'>, input: PreferencesInput) {
  const { timeZone, dateFormat, singleKeys } = input;
  await work.write(ownAccount, (tables) =>
    tables.preference.upsert({
      where: { userId: work.actor.id },
      create: { userId: work.actor.id, timeZone, dateFormat, singleKeys },
      update: { timeZone, dateFormat, singleKeys },
    }),
  );
}

export async function saveSingleKeys(work: Work<'account.own'>, singleKeys: boolean) {
  await work.write(ownAccount, (tables) =>
    tables.preference.upsert({
      where: { userId: work.actor.id },
      create: { userId: work.actor.id, singleKeys },
      update: { singleKeys },
    }),
  );
}

/** The settings of one list, beside those of the others. */
export async function saveListPreference(work: Work, list: string, settings: object) {
  const saved = JSON.stringify({ [list]: settings });
  await work.write(
    ownAccount,
    sql`
      INSERT INTO preference (user_id, lists) VALUES (${work.actor.id}::uuid, ${saved}::jsonb)
      ON CONFLICT (user_id) DO UPDATE SET lists = preference.lists || excluded.lists`,
  );
}
