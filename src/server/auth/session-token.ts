import { decode, encode } from 'next-auth/jwt';
import { sessionLimits } from '@/lib/limits';
import { env } from '../env';
import { key, keys } from '../keys';

/** What the session cookie says: which session row, and until when at most (in seconds). Rights are in the database. */
export type SessionToken = {
  token: string;
  expiresAt: number;
  /** Encrypted with the previous key. It still counts, and is replaced. */
  isOutdated: boolean;
};

/** `__Host-` and Secure, except over http on loopback, where a browser would drop such a cookie. */
export function sessionCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall.session' : 'rollcall.session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  };
}

export const sessionSeconds = sessionLimits.absoluteMs / 1000;

/** An encrypted JWT as next-auth makes it, under the key of SECRET. */
export function encodeSession(token: string, seconds = sessionSeconds): Promise<string> {
  return encode({ token: { sid: token }, secret: key('next-auth'), maxAge: seconds });
}

/** Null for what neither key decrypts, and for what has expired. */
export async function decodeSession(value: string): Promise<SessionToken | null> {
  for (const [at, secret] of keys('next-auth').entries()) {
    const read = await decode({ token: value, secret }).catch(() => null);
    if (typeof read?.sid !== 'string') continue;
    return { token: read.sid, expiresAt: Number(read.exp), isOutdated: at > 0 };
  }
  return null;
}
