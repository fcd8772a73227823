import { randomBytes } from 'node:crypto';
import { signInLimits } from '@/lib/limits';
import { env } from '../env';

/** 32 random bytes in a cookie. With an account they name a counter; on their own they identify nothing. */
export type Device = string;

export function makeDevice(): Device {
  return randomBytes(32).toString('base64url');
}

export function readDevice(value: string | null | undefined): Device | null {
  return value && /^[\w-]{43}$/.test(value) ? value : null;
}

/** Signing out keeps this cookie: it tells the owner's browser from an attacker's. */
export function deviceCookie() {
  const secure = env().PUBLIC_URL.startsWith('https:');
  return {
    name: secure ? '__Host-rollcall.device' : 'rollcall.device',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: signInLimits.deviceMs / 1000 } as const,
  };
}
