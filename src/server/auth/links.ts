import { createHmac } from 'node:crypto';
import { env } from '../env';
import { macKey } from '../keys';
import { hashToken } from './session';

export type LinkKind = 'invitation' | 'password-reset' | 'email-change' | 'set-up';

const paths: Record<LinkKind, string> = {
  invitation: '/activate',
  'password-reset': '/reset-password',
  'email-change': '/confirm-email',
  'set-up': '/set-up',
};

/** HMAC(key, kind ‖ id ‖ version). The database has only its SHA-256: a copy opens no link. A new version ends it. */
export function linkToken(kind: LinkKind, id: string, version: number): string {
  return createHmac('sha256', macKey('links')).update(`${kind}\n${id}\n${version}`).digest('base64url');
}

export function linkHash(kind: LinkKind, id: string, version: number): Uint8Array<ArrayBuffer> {
  return hashToken(linkToken(kind, id, version));
}

/** Built from the configured public URL, never from a request header. */
export function linkUrl(kind: LinkKind, id: string, version: number): string {
  return new URL(`${paths[kind]}/${linkToken(kind, id, version)}`, env().PUBLIC_URL).href;
}
