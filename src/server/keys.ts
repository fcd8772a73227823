import { createPublicKey, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { env } from '@/server/env';
import { readSigningKey } from '@/server/signing-key';

/** Each use has a key of its own, so one key reveals nothing about another. */
export type KeyUse = 'next-auth' | 'links' | 'password-pepper' | 'throttle' | 'plan' | 'form-actions';

type Key = {
  bytes: Buffer;
  /** The same for an HMAC. Node takes eight times as long with bytes, which it checks and copies at every call. */
  object: KeyObject;
};

/** Cached: an import makes one link per row, and deriving a key takes longer than making a link. */
let derived = { secrets: '', keys: new Map<KeyUse, [Key, ...Key[]]>() };

/** 32 bytes derived from SECRET by HKDF-SHA-256 (RFC 5869). The same in every process with the same SECRET. */
export function key(use: KeyUse): Buffer {
  return keysOf(use)[0].bytes;
}

/** The key of SECRET, which makes everything new, and while it is set the one of SECRET_PREVIOUS, still accepted. */
export function keys(use: KeyUse): Buffer[] {
  return keysOf(use).map(({ bytes }) => bytes);
}

export function macKey(use: KeyUse): KeyObject {
  return keysOf(use)[0].object;
}

export function macKeys(use: KeyUse): KeyObject[] {
  return keysOf(use).map(({ object }) => object);
}

function keysOf(use: KeyUse): [Key, ...Key[]] {
  const { SECRET, SECRET_PREVIOUS } = env();
  const secrets = `${SECRET}\n${SECRET_PREVIOUS ?? ''}`;
  if (derived.secrets !== secrets) derived = { secrets, keys: new Map() };
  let cached = derived.keys.get(use);
  if (!cached) {
    cached = [keyOf(SECRET, use), ...(SECRET_PREVIOUS ? [keyOf(SECRET_PREVIOUS, use)] : [])];
    derived.keys.set(use, cached);
  }
  return cached;
}

function keyOf(secret: string, use: KeyUse): Key {
  const bytes = deriveKey(secret, use);
  return { bytes, object: createSecretKey(bytes) };
}

export function deriveKey(secret: string, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'rollcall', `rollcall/${use}/1`, 32));
}

/** Names a key in the database, 16 hexadecimal digits. Derived from the key, so it tells nothing about it. */
export function keyId(ofKey: KeyObject): string {
  return Buffer.from(hkdfSync('sha256', ofKey, 'rollcall', 'rollcall/key-id/1', 8)).toString('hex');
}

export function auditKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = readSigningKey(env().AUDIT_SIGNING_KEY);
  if (!privateKey) throw new Error('env() lets no other key through');
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
