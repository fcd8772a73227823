/**
 * Whether Postgres refused a row because another one holds the same unique value (23505; Prisma's P2002). The
 * transaction is lost then: throw a `Fail` out of it.
 */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    code === 'P2002' || /23505|duplicate key value|Unique constraint failed/.test(`${error.message} ${error.cause}`)
  );
}
