import { beforeEach, vi } from 'vitest';
import * as settings from '@/server/env';

beforeEach(() => {
  vi.mocked(settings.env).mockReset();
});

/**
 * Puts `now` into `SECRET` and the one before into `SECRET_PREVIOUS`, or into neither with `keep: false`. The test file
 * must have `vi.mock('@/server/env', { spy: true })`; every test begins with the secret of the set-up again.
 */
export function rotateSecret(now: string, { keep = true } = {}) {
  const before = settings.env();
  vi.mocked(settings.env).mockReturnValue({
    ...before,
    SECRET: now,
    SECRET_PREVIOUS: keep ? before.SECRET : undefined,
  });
}
