import { createPublicKey, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { env } from '@/server/env';
import { readSigningKey } from '@/server/signing-key';

/** Each use has a key of its own, so one key reveals nothing about another. */
export type KeyUse =
  | 'next-auth'
  | 'links'
  | 'password-pepper'
  | 'throttle'
  | 'cursor'
  | 'set-up'
  | 'plan'
  | 'form-actions';

/** Cached: an import makes one link per row, and deriving a key takes longer than making a link. */
let derived = { secret: '', keys: new Map<KeyUse, { bytes: Buffer; object: KeyObject }>() };

/** 32 bytes derived from SECRET by HKDF-SHA-256 (RFC 5869). The same in every process with the same SECRET. */
export function key(use: KeyUse): Buffer {
  return cachedKey(use).bytes;
}

/** The same key for an HMAC. Node takes eight times as long with bytes, which it checks and copies at every call. */
export function macKey(use: KeyUse): KeyObject {
  return cachedKey(use).object;
}

function cachedKey(use: KeyUse) {
  const secret = env().SECRET;
  if (derived.secret !== secret) derived = { secret, keys: new Map() };
  let cached = derived.keys.get(use);
  if (!cached) {
    const bytes = deriveKey(secret, use);
    cached = { bytes, object: createSecretKey(bytes) };
    derived.keys.set(use, cached);
  }
  return cached;
}

export function deriveKey(secret: string, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'rollcall', `rollcall/${use}/1`, 32));
}

export function auditKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = readSigningKey(env().AUDIT_SIGNING_KEY);
  if (!privateKey) throw new Error('env() lets no other key through');
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
