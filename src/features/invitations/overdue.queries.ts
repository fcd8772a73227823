import { sql } from '@/server/db/sql';

/**
 * Whether the days of a row `invitation i` are over. They begin with its first sending: one that still waits for that
 * has a planned end, which may pass while no worker runs.
 */
export const isOverdue = sql`(i.delivery <> 'queued' AND i.expires_at <= app_now())`;
