import { testDatabase } from '@tests/support/database';
import { expect, test } from 'vitest';
import { displayName, fullName } from '@/lib/names';
import { displayNameSql, fullNameSql } from '@/server/db/names';
import { sql } from '@/server/db/sql';

const { db } = await testDatabase();

test.each([
  ['Ada', 'Lovelace'],
  ['Ada', ''],
  ['', 'Lovelace'],
  ['', ''],
])('%j and %j are called the same in code and in SQL', async (firstName, lastName) => {
  const person = { firstName, lastName, email: 'ada@example.com' };
  const [row] = await db.$queryRaw<{ full: string; display: string }[]>`
    SELECT ${fullNameSql(sql`p`)} AS full, ${displayNameSql(sql`p`)} AS display
      FROM (VALUES (${firstName}::text, ${lastName}::text, ${person.email}::text)) AS p (first_name, last_name, email)`;
  expect(row).toEqual({ full: fullName(person), display: displayName(person) });
  expect(row?.display).not.toBe('');
});
