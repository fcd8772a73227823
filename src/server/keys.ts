import { createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { env } from '@/server/env';
import { readSigningKey } from '@/server/signing-key';

/** Every use has a label, and with it a key of its own: none tells anything about another. */
export type KeyUse = 'next-auth' | 'links' | 'password-pepper' | 'throttle' | 'cursor' | 'set-up';

/** Kept: an import makes a link a row, and deriving takes longer than the link. */
let derived = { secret: '', keys: new Map<KeyUse, Buffer>() };

/** 32 bytes derived from SECRET by HKDF-SHA-256 (RFC 5869). The same in every process that has the same SECRET. */
export function key(use: KeyUse): Buffer {
  const secret = env().SECRET;
  if (derived.secret !== secret) derived = { secret, keys: new Map() };
  const known = derived.keys.get(use) ?? deriveKey(secret, use);
  derived.keys.set(use, known);
  return known;
}

export function deriveKey(secret: string, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'rollcall', `rollcall/${use}/1`, 32));
}

/** The pair that signs audit seals: Ed25519, from AUDIT_SIGNING_KEY. */
export function auditKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = readSigningKey(env().AUDIT_SIGNING_KEY);
  if (!privateKey) throw new Error('env() lets no other key through');
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
