import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { env } from '@/server/env';

/** Every use has a label, and with it a key of its own: none tells anything about another. */
export type KeyUse = 'next-auth' | 'link' | 'password-pepper' | 'throttle' | 'cursor' | 'set-up';

/** 32 bytes derived from SECRET by HKDF-SHA-256 (RFC 5869). The same in every process that has the same SECRET. */
export function key(use: KeyUse): Buffer {
  return deriveKey(env().SECRET, use);
}

export function deriveKey(secret: string, use: KeyUse): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'rollcall', `rollcall/${use}/1`, 32));
}

/** The pair that signs audit seals: Ed25519, from AUDIT_SIGNING_KEY. Throws a sentence when that is no such key. */
export function auditKeys(): { privateKey: KeyObject; publicKey: KeyObject } {
  const privateKey = readSigningKey(env().AUDIT_SIGNING_KEY);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** PEM, or the base64 of PKCS #8 DER on one line. */
export function readSigningKey(text: string): KeyObject {
  const problem = 'AUDIT_SIGNING_KEY must be an Ed25519 private key. Make one with "npm run rollcall -- audit-key".';
  try {
    const found = text.includes('BEGIN')
      ? createPrivateKey(text.replaceAll('\\n', '\n'))
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    if (found.asymmetricKeyType === 'ed25519') return found;
  } catch {
    throw new Error(problem);
  }
  throw new Error(problem);
}
