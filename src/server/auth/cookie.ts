import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { cache } from 'react';
import { writeDatesAs } from '@/lib/dates';
import { sessionLimits } from '@/lib/limits';
import { db } from '../db/shared';
import { env } from '../env';
import { key } from '../keys';
import { findLiveSession, isSessionOf, type LiveSession } from './session';

/** `__Host-` and Secure, except over http on loopback, where a browser would drop such a cookie. */
export function sessionCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall.session' : 'rollcall.session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  };
}

const maxAge = sessionLimits.absoluteMs / 1000;

export async function setSessionCookie(token: string) {
  const { name, options } = sessionCookie();
  const value = await encode({ token: { sid: token }, secret: key('next-auth'), maxAge });
  (await cookies()).set(name, value, { ...options, maxAge });
}

export async function clearSessionCookie() {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

/** The token in the cookie of this request. Null when the cookie cannot be decrypted. */
async function sessionToken(): Promise<string | null> {
  const value = (await cookies()).get(sessionCookie().name)?.value;
  const token = value ? await decode({ token: value, secret: key('next-auth') }).catch(() => null) : null;
  return typeof token?.sid === 'string' ? token.sid : null;
}

/** Whether the session of this request is live and of this person. */
export async function isSignedIn(userId: string): Promise<boolean> {
  const token = await sessionToken();
  return token !== null && (await isSessionOf(db(), token, userId));
}

/** The live session of this request, looked up once per request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const token = await sessionToken();
  const session = token === null ? null : await findLiveSession(db(), token);
  if (session) writeDatesAs(session.preference.dateFormat);
  return session;
});
