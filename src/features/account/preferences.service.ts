import type { Work } from '@/server/work';
import type { PreferencesInput } from './preferences.schema';

/** How somebody likes to read and to press keys. Not audited: the closed list of own preferences. */
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
