import { saveListPreference } from '@/features/account/preferences.service';
import type { Work } from '@/server/work';
import { type HidingInput, readHidings } from './hiding.schema';

const dayMs = 86_400_000;

/** Hides one line of what waits from this person alone, or shows it again. Not audited: an own preference. */
export async function hideWaiting(work: Work<'account.own'>, { item, until, count }: HidingInput, now = Date.now()) {
  const { [item]: _before, ...others } = readHidings(work.preference.lists);
  const ends = { day: now + dayMs, week: now + 7 * dayMs, more: null };
  const hiding = until !== 'no' && {
    at: new Date(now).toISOString(),
    count,
    until: ends[until] === null ? null : new Date(ends[until]).toISOString(),
  };
  await saveListPreference(work, 'home', { ...others, ...(hiding && { [item]: hiding }) });
}
