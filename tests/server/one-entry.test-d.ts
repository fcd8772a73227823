import { describe, test } from 'vitest';
import type { SystemWork } from '@/server/work';

declare const work: SystemWork;

describe('an audit action', () => {
  test('is one of those that are declared', () => {
    const subject = { type: 'user', id: null };
    void work.audit({ action: 'user.updated', subject });
    // @ts-expect-error nobody declared this action
    void work.audit({ action: 'user.tickled', subject });
    // @ts-expect-error an earlier name is only for reading
    void work.audit({ action: 'user.suspended', subject });
  });
});
