import { uuidv7 } from 'uuidv7';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A new UUIDv7 (RFC 9562): 36 lowercase characters. Later ids of one process sort after earlier ones. */
export function newId(): string {
  return uuidv7();
}

/** True for a lowercase UUID with hyphens. Check before a query: Postgres throws on anything else. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}
