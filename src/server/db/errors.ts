import { tlsProblem } from './tls';

/** A unique violation (23505; Prisma's P2002). The transaction cannot go on: throw a `Fail` out of it. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    code === 'P2002' || /23505|duplicate key value|Unique constraint failed/.test(`${error.message} ${error.cause}`)
  );
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code, meta } = error as { code?: unknown; meta?: unknown };
  return `${code} ${error.message} ${String(error.cause)} ${meta ? JSON.stringify(meta) : ''}`;
}

/**
 * Postgres is shutting down or starting up, a connection broke or failed, no connection is free, or another server has
 * become the primary, so that this one only reads (25006).
 */
const states = /^(57P0[1-5]|08\w{3}|53300|25P0[34]|25006)$/;
/** The same from Prisma, its driver adapter and Node's sockets. */
const codes = /^(P1001|P1002|P1008|P1017|P2024|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/;
const kinds = /^(DatabaseNotReachable|TlsConnectionError|ConnectionClosed|SocketTimeout|TooManyConnections)$/;
const words =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect|Unable to start a transaction in/;

type Known = {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { kind?: unknown; originalCode?: unknown; message?: unknown } } };
};

/** The database could not be reached. It is unknown whether a transaction that was being committed took effect. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as Known;
  const cause = meta?.driverAdapterError?.cause;
  return (
    codes.test(String(code)) ||
    states.test(String(code)) ||
    kinds.test(String(cause?.kind)) ||
    states.test(String(cause?.originalCode)) ||
    words.test(error.message) ||
    words.test(String(cause?.message)) ||
    tlsProblem(error) !== null
  );
}

/** Whether Postgres ran out of space: on its disk (53100), or for temporary files of sorts (53400). */
export function isDiskFull(error: unknown): boolean {
  return /\b(53100|53400)\b|No space left on device/i.test(wordsOf(error));
}
