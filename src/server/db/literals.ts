import { escapeLiteral } from 'pg';
import type { Sql } from './sql';

/** COPY takes no parameters. Postgres reads a quoted literal of unknown type like one, so no value is read as SQL. */
export function withLiterals({ strings, values }: Sql): string {
  return strings.reduce((text, part, index) => text + literal(values[index - 1]) + part);
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  // In brackets: a minus sign before -5 would start a comment.
  if (typeof value === 'number' || typeof value === 'bigint') return `(${finite(value)})`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Date) return quoted(value.toISOString());
  if (Array.isArray(value)) return quoted(`{${value.map(element).join(',')}}`);
  throw new Error(`A ${typeof value} cannot be written into a statement.`);
}

function finite(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('Only finite numbers go into a statement.');
  return String(value);
}

function quoted(text: string): string {
  if (text.includes('\0')) throw new Error('Text in Postgres cannot contain a null character.');
  return escapeLiteral(text);
}

function element(value: unknown): string {
  if (typeof value !== 'string') throw new Error('Only lists of text go into a statement.');
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
