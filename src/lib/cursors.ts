import { isId } from './ids';

export type Cursor = { values: (string | null)[]; id: string };

/** `moment` is an ISO 8601 time in UTC with milliseconds, from 1970 on. */
export type CursorValue = 'text' | 'moment' | 'moment-or-null';

const maxChars = 2_000;

export function writeCursor({ values, id }: Cursor): string {
  return Buffer.from(JSON.stringify([...values, id])).toString('base64url');
}

/** Null for anything that `writeCursor` did not make from values of these kinds: anybody can type a URL. */
export function readCursor(text: string, kinds: readonly CursorValue[]): Cursor | null {
  if (text.length > maxChars) return null;
  const parts = parse(text);
  if (!Array.isArray(parts) || parts.length !== kinds.length + 1) return null;
  const id: unknown = parts.at(-1);
  if (!isId(id)) return null;
  const values = kinds.map((kind, index) => readValue(parts[index], kind));
  return values.includes(undefined) ? null : { values: values as Cursor['values'], id };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function readValue(value: unknown, kind: CursorValue): string | null | undefined {
  if (value === null) return kind === 'moment-or-null' ? null : undefined;
  if (typeof value !== 'string' || value.includes('\0')) return undefined;
  if (kind === 'text') return value;
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value));
  return isMoment && value > '1970' ? value : undefined;
}
