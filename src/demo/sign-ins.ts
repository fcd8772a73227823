import { countDays } from '@/features/figures/days.service';
import { newId } from '@/lib/ids';
import { unscoped } from '@/server/scope';
import type { SystemWork } from '@/server/work';

const demoWorld = unscoped('the demo fills an empty database');

type Person = { id: string; email: string; seenDaysAgo: number | null };

/** A month of sign-ins of these people, fewer at weekends, so that Home has something to draw. */
export async function insertSignIns(work: SystemWork, people: Person[]) {
  const now = Date.now();
  const seen = people.filter(({ seenDaysAgo }) => seenDaysAgo !== null && seenDaysAgo > 1 && seenDaysAgo < 60);
  const attempts = seen.flatMap(({ id, email }, n) =>
    Array.from({ length: 30 }, (_, daysAgo) => new Date(now - daysAgo * 86_400_000 - ((n * 37) % 600) * 60_000))
      .filter((at, daysAgo) => {
        const isWeekend = [0, 6].includes(at.getUTCDay());
        return (n * 7 + daysAgo * 11) % (isWeekend ? 23 : 5) === 0;
      })
      .map((at) => ({ id: newId(), at, email, userId: id, result: 'signed_in' as const })),
  );
  await work.write(demoWorld, (tables) => tables.signInAttempt.createMany({ data: attempts }));
  await countDays(work);
}
