import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Reads an Ed25519 private key: PEM, or the base64 of PKCS #8 DER on one line. Undefined for anything else. */
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

/** Reads an Ed25519 public key: PEM, or the base64 of SPKI DER on one line. Undefined for anything else. */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    // A private key would work too, but pasting one here is a mistake.
    if (text.includes('PRIVATE')) return undefined;
    const found = text.includes('BEGIN')
      ? createPublicKey(text.replaceAll('\\n', '\n'))
      : createPublicKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'spki' });
    return found.asymmetricKeyType === 'ed25519' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The public half on one line, as `readPublicKey` takes it. */
export function publicKeyText(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
}
