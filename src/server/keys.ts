import { createPublicKey, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { env } from '@/server/env';
import { readSigningKey } from '@/server/signing-key';

/** Every use has a label, and with it a key of its own: none tells anything about another. */
export type KeyUse = 'next-auth' | 'links' | 'password-pepper' | 'throttle' | 'cursor' | 'set-up' | 'plan';

/** Kept: an import makes a link a row, and deriving takes longer than the link. */
let derived = { secret: '', keys: new Map<KeyUse, { bytes: Buffer; object: KeyObject }>() };

/** 32 bytes derived from SECRET by HKDF-SHA-256 (RFC 5869). The same in every process that has the same SECRET. */
export function key(use: KeyUse): Buffer {
  return keptKey(use).bytes;
}

/** The same key for an HMAC: Node takes eight times as long with bytes, which it checks and copies at every call. */
export function macKey(use: KeyUse): KeyObject {
  return keptKey(use).object;
}

function keptKey(use: KeyUse) {
  const secret = env().SECRET;
  if (derived.secret !== secret) derived = { secret, keys: new Map() };
  let kept = derived.keys.get(use);
  if (!kept) {
    const bytes = deriveKey(secret, use);
    kept = { bytes, object: createSecretKey(bytes) };
    derived.keys.set(use, kept);
  }
  return kept;
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
