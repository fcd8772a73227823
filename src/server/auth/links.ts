import { createHmac } from 'node:crypto';
import { env } from '../env';
import { macKey } from '../keys';
import { hashToken } from './session';

/** A kind of personal link, declared by its feature. The kind is in every token and never changes. */
export type Link = { kind: string; path: `/${string}` };

/** HMAC(key, kind ‖ id ‖ version). The database has only its SHA-256: a copy opens no link. A new version ends it. */
export function linkToken({ kind }: Link, id: string, version: number): string {
  return createHmac('sha256', macKey('links')).update(`${kind}\n${id}\n${version}`).digest('base64url');
}

export function linkHash(link: Link, id: string, version: number): Uint8Array<ArrayBuffer> {
  return hashToken(linkToken(link, id, version));
}

/** Built from the configured public URL, never from a request header. */
export function linkUrl(link: Link, id: string, version: number): string {
  return new URL(`${link.path}/${linkToken(link, id, version)}`, env().PUBLIC_URL).href;
}
