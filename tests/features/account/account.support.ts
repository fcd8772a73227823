import { requestFrom } from '@tests/support/sign-in';
import type { Permission } from '@/lib/permissions';
import { findLiveSession } from '@/server/auth/session';
import { signIn } from '@/server/auth/sign-in';
import { Fail } from '@/server/fail';
import { makeWork, principalOf, type Work } from '@/server/handle';
import { inUnit } from '@/server/unit';

/** Runs `body` as the owner of this session. */
export function asSession<P extends Permission, T>(
  token: string,
  body: (work: Work<P>) => Promise<T>,
  options: { exempt?: boolean } = {},
): Promise<T> {
  return inUnit(async (tx, ledger) => {
    const session = await findLiveSession(tx, token);
    if (!session) throw new Fail('not_allowed');
    return body(makeWork(tx, principalOf(session), requestFrom(), ledger));
  }, options);
}

export const canSignIn = async (email: string, password: string) =>
  (await signIn({ email, password, device: null }, requestFrom('203.0.113.77'))) !== null;
