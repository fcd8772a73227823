import { newId } from '@/lib/ids';
import { hashPassword } from '@/server/auth/password';
import { encodeSession, sessionCookie } from '@/server/auth/session-token';
import { signIn } from '@/server/auth/sign-in';
import type { Db } from '@/server/db/client';
import type { RequestInfo } from '@/server/request';

export const testPassword = 'seven quiet harbours';

let hashOnce: ReturnType<typeof hashPassword> | undefined;

type Given = {
  email?: string;
  status?: 'invited' | 'active' | 'inactive' | 'archived';
  /** Null for an account without a password. */
  password?: string | null;
  mustChange?: boolean;
  /** Until when an initial password works. */
  expiresAt?: Date;
  hasConfirmedEmail?: boolean;
};

/** Makes a person who can sign in with `testPassword`, unless `given` says otherwise. */
export async function makePerson(db: Db, given: Given = {}) {
  const id = newId();
  const email = given.email ?? `person-${id.slice(-12)}@acme.example`;
  const archived = given.status === 'archived' ? { archivedAt: new Date(), archivedStatus: 'active' as const } : {};
  await db.user.create({
    data: {
      id,
      email,
      firstName: 'Robin',
      lastName: 'Tester',
      status: given.status ?? 'active',
      emailVerifiedAt: given.hasConfirmedEmail === false ? null : new Date(),
      ...archived,
    },
  });
  if (given.password !== null) {
    hashOnce ??= hashPassword(testPassword);
    const stored = given.password === undefined ? await hashOnce : await hashPassword(given.password);
    const { mustChange = false, expiresAt = null } = given;
    await db.credential.create({ data: { userId: id, ...stored, mustChange, expiresAt } });
  }
  return { id, email };
}

export function requestFrom(ip: string | null = '192.0.2.1'): RequestInfo {
  return { id: newId(), ip, userAgent: 'vitest', path: '/' };
}

/** The Cookie header that carries a session's token. */
export async function sessionHeader(token: string): Promise<string> {
  return `${sessionCookie().name}=${await encodeSession(token)}`;
}

/** One attempt, from the usual address and an unknown device unless `given` says otherwise. */
export function attemptSignIn(
  email: string,
  password: string = testPassword,
  given: { ip?: string; device?: string | undefined } = {},
) {
  return signIn({ email, password, device: given.device ?? null }, requestFrom(given.ip));
}
