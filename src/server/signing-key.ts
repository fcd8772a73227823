import { createPrivateKey, type KeyObject } from 'node:crypto';

/** Reads an Ed25519 private key: PEM, or the base64 of PKCS #8 DER on one line. Nothing when it is no such key. */
export function readSigningKey(text: string): KeyObject | undefined {
  try {
    const found = text.includes('BEGIN')
      ? createPrivateKey(text.replaceAll('\\n', '\n'))
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    return found.asymmetricKeyType === 'ed25519' ? found : undefined;
  } catch {
    return undefined;
  }
}
