import { createHmac, type KeyObject } from 'node:crypto';
import { env } from '../env';
import { macKey, macKeys } from '../keys';
import { hashToken } from './session';

/** A kind of personal link, declared by its feature. The kind is in every token and never changes. */
export type Link = { kind: string; path: `/${string}` };

/** New links are made with the key of SECRET. Those of the previous one go on until they expire. */
const newest = () => macKey('links');

/** The keys that a link which exists may have been made with, the likeliest first. */
export const linkKeys = () => macKeys('links');

/** HMAC(key, kind ‖ id ‖ version). The database has only its SHA-256: a copy opens no link. A new version ends it. */
export function linkToken({ kind }: Link, id: string, version: number, key = newest()): string {
  return createHmac('sha256', key).update(`${kind}\n${id}\n${version}`).digest('base64url');
}

export function linkHash(link: Link, id: string, version: number, key?: KeyObject): Uint8Array<ArrayBuffer> {
  return hashToken(linkToken(link, id, version, key));
}

/** Built from the configured public URL, never from a request header. */
export function linkUrl(link: Link, id: string, version: number, key?: KeyObject): string {
  return new URL(`${link.path}/${linkToken(link, id, version, key)}`, env().PUBLIC_URL).href;
}
