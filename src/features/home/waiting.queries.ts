import { boundedCount, type Count } from '@/lib/counts';
import { join, sql } from '@/server/db/sql';
import { within } from '@/server/scope';
import type { Can } from '@/server/work';
import { type Hiding, readHidings, type WaitingKey } from './hiding.schema';
import { type Item, items, type Reader } from './waiting-items.queries';

export type Waiting = Pick<Item, 'what' | 'detail' | 'button' | 'tone'> & {
  key: WaitingKey;
  href: string;
  count: Count;
  /** How many were counted, at most `limit` and one. */
  counted: number;
  /** Since when the oldest waits; null if there are too many to look at each. */
  since: Date | null;
  isHidden: boolean;
};

const limit = 1000;

type Row = { at: number; counted: number; since: Date | null; oldest: string | null; isNew: boolean };

/**
 * Everything the reader may work on, in one statement. Each count stops at a thousand; zero is left out. What the reader
 * hid comes back when its time is over, when there is more of it than before, or when one came that is newer.
 */
export async function listWaiting(can: Can<'account.own'>, now = new Date()): Promise<Waiting[]> {
  const viewer: Reader = { id: can.actor.id, timeZone: can.timeZone };
  const hidings = readHidings(can.preference.lists);
  const mine = items.flatMap((item) => {
    const reader = can.as(item.permission);
    return reader ? [{ item, source: item.rows(within(reader, item.permission, item.column), viewer) }] : [];
  });
  if (mine.length === 0) return [];
  const counts = mine.map(({ item, source }, at) => {
    const hiddenAt = hidings[item.key]?.at ?? null;
    return sql`
      SELECT ${at}::int AS at, count(*)::int AS counted, min(w.at) AS since,
             (array_agg(w.id ORDER BY w.at))[1]::text AS oldest, coalesce(max(w.at) > ${hiddenAt}::timestamptz, false) AS "isNew"
        FROM (SELECT ${item.id} AS id, ${item.at} AS at ${source} LIMIT ${limit + 1}::int) w`;
  });
  const rows = await can.read<Row>(join(counts, ' UNION ALL '));
  return rows
    .filter(({ counted }) => counted > 0)
    .sort((a, b) => a.at - b.at)
    .flatMap((row) => {
      const item = mine[row.at]?.item;
      return item ? [present(item, row, viewer, hidings[item.key], now)] : [];
    });
}

function present(item: Item, row: Row, viewer: Reader, hiding: Hiding | undefined, now: Date): Waiting {
  const { key, what, detail, button, tone, record, href } = item;
  const { counted, oldest, since } = row;
  return {
    ...{ key, what, detail, button, tone, counted },
    href: counted === 1 && record && oldest ? record(oldest) : href(viewer, oldest ?? ''),
    count: boundedCount(counted, limit),
    since: counted > limit ? null : since,
    isHidden: hiding !== undefined && isHidden(hiding, row, now),
  };
}

function isHidden({ until, count }: Hiding, { counted, isNew }: Row, now: Date): boolean {
  if (until) return now < new Date(until);
  return counted <= count && !isNew;
}
