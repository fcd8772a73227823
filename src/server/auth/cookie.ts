import { cookies } from 'next/headers';
import { cache } from 'react';
import { writeDatesAs } from '@/lib/dates';
import { db } from '../db/shared';
import { findLiveSession, isSessionOf, type LiveSession } from './session';
import { decodeSession, encodeSession, sessionCookie, sessionSeconds } from './session-token';

export async function setSessionCookie(token: string) {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, await encodeSession(token), { ...options, maxAge: sessionSeconds });
}

export async function clearSessionCookie() {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}

const presentedCookie = async () => (await cookies()).get(sessionCookie().name)?.value;

/** The live session of this request, looked up once per request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const session = await sessionOfCookie(await presentedCookie());
  if (session) writeDatesAs(session.preference.dateFormat);
  return session;
});

/** Null when the cookie cannot be decrypted, or its session is over. */
export async function sessionOfCookie(value: string | undefined): Promise<LiveSession | null> {
  const read = value ? await decodeSession(value) : null;
  return read && findLiveSession(db(), read.token);
}

/** Whether the session of this request is live and of this person. */
export async function isSignedIn(userId: string): Promise<boolean> {
  const read = await decodeSession((await presentedCookie()) ?? '');
  return read !== null && (await isSessionOf(db(), read.token, userId));
}
