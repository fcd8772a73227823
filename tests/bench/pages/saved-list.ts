import { readFileSync } from 'node:fs';
import type { UserList } from '@/features/users/list.queries';

const file = process.env.BENCH_ROWS;

/** The first page, saved before the start and kept in memory. Null during the build. */
export const savedList = file ? (JSON.parse(readFileSync(file, 'utf8'), withDates) as UserList) : null;

function withDates(key: string, value: unknown): unknown {
  return /At$/.test(key) && typeof value === 'string' ? new Date(value) : value;
}
