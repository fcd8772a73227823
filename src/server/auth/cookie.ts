import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { cache } from 'react';
import { writeDatesAs } from '@/lib/dates';
import { sessionLimits } from '@/lib/limits';
import { db } from '../db/shared';
import { env } from '../env';
import { key } from '../keys';
import { findLiveSession, type LiveSession } from './session';

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

/** The live session of this request, looked up once per request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const session = await sessionOfCookie((await cookies()).get(sessionCookie().name)?.value);
  if (session) writeDatesAs(session.preference.dateFormat);
  return session;
});

/** Null when the cookie cannot be decrypted, or its session is over. */
export async function sessionOfCookie(value: string | undefined): Promise<LiveSession | null> {
  const token = value ? await readSessionToken(value) : null;
  return token === null ? null : findLiveSession(db(), token);
}

/** The token of a cookie we made; null for any other. */
export async function readSessionToken(value: string): Promise<string | null> {
  const token = await decode({ token: value, secret: key('next-auth') }).catch(() => null);
  return typeof token?.sid === 'string' ? token.sid : null;
}
