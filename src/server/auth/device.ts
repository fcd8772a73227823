import { randomBytes } from 'node:crypto';
import { signInLimits } from '@/lib/limits';
import { env } from '../env';

/** 32 random bytes in a cookie. Together with an account it names a counter; on its own it says nothing. */
export type Device = string;

export function makeDevice(): Device {
  return randomBytes(32).toString('base64url');
}

/** What the browser sent, if it can be one of ours. */
export function readDevice(value: string | null | undefined): Device | null {
  return value && /^[\w-]{43}$/.test(value) ? value : null;
}

/** Stays when somebody signs out: it is what tells the owner's browser from a stranger's. */
export function deviceCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall.device' : 'rollcall.device',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: signInLimits.deviceMs / 1000 } as const,
  };
}
