import type { Work } from '@/server/work';
import type { PreferencesInput } from './preferences.schema';

/** Not audited, like everything on the closed list of a person's own preferences. */
export async function savePreferences(work: Work<'account.own'>, input: PreferencesInput) {
  const { timeZone, dateFormat, singleKeys } = input;
  await work.db.preference.upsert({
    where: { userId: work.actor.id },
    create: { userId: work.actor.id, timeZone, dateFormat, singleKeys },
    update: { timeZone, dateFormat, singleKeys },
  });
}

export async function saveSingleKeys(work: Work<'account.own'>, singleKeys: boolean) {
  await work.db.preference.upsert({
    where: { userId: work.actor.id },
    create: { userId: work.actor.id, singleKeys },
    update: { singleKeys },
  });
}
