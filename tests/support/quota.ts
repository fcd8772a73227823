import { afterEach, beforeEach } from 'vitest';
import { env } from '@/server/env';
import { databaseClock } from './clock';

/**
 * Before each test of the file: so many emails an hour for an organization, at this time of the database. Returns what
 * sets another time.
 */
export function withQuota(owner: Parameters<typeof databaseClock>[0], emails: number, at: string) {
  const setClock = databaseClock(owner);
  beforeEach(async () => {
    env().ORGANIZATION_EMAILS_PER_HOUR = emails;
    await setClock(at);
  });
  afterEach(() => {
    env().ORGANIZATION_EMAILS_PER_HOUR = 1000;
  });
  return setClock;
}
