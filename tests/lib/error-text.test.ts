import { expect, test } from 'vitest';
import { z } from 'zod';
import { errorText, withoutValues } from '@/lib/error-text';

const secret = 'zq7Secret-Lovelace-9f3a7c51e2b8';

function thrownBy(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
}

const withFields = (message: string, fields: object) => Object.assign(new Error(message), fields);

const errors: [string, unknown][] = [
  ['JSON', thrownBy(() => JSON.parse(secret))],
  ['JSON with a position', thrownBy(() => JSON.parse(`{"a": "${secret}", }`))],
  ['an address', thrownBy(() => new URL(secret))],
  ['an encoding', thrownBy(() => decodeURIComponent(`%E0%A4%A${secret}`))],
  ['a number', thrownBy(() => BigInt(secret))],
  ['a time zone', thrownBy(() => new Intl.DateTimeFormat('en', { timeZone: secret }))],
  ['a language', thrownBy(() => new Intl.NumberFormat(secret))],
  ['a pattern', thrownBy(() => new RegExp(`(${secret}`))],
  ['a schema', thrownBy(() => z.enum(['a']).parse(secret))],
  ['a header', thrownBy(() => new Headers({ [`${secret} x`]: 'a' }))],
  [
    'an unknown action',
    new Error(`Failed to find Server Action "${secret}". This request might be from an older deployment.`),
  ],
  [
    'a foreign origin',
    new Error(`header with value \`x\` does not match \`origin\` header with value \`${secret}\`. Aborting.`),
  ],
  ['Postgres: a type', withFields(`invalid input syntax for type uuid: "${secret}"`, { code: '22P02' })],
  [
    'Postgres: a duplicate',
    withFields(`Key (lower(email), organization_id)=(${secret}, 1) already exists.`, { code: '23505' }),
  ],
  [
    'Prisma: a raw query',
    new Error(`Raw query failed. Code: \`22P02\`. Message: \`invalid input syntax for type uuid: "${secret}"\``),
  ],
  [
    'Prisma: arguments',
    new Error(`Invalid \`db.user.findMany()\` invocation:\n\n{ where: { email: ${secret} } }\n    at ${secret}`),
  ],
  ['a mail server', new Error(`550 5.1.1 <${secret}@example.org>: Recipient address rejected`)],
  ['a file', Object.assign(new Error(`ENOENT: no such file or directory, open '/data/${secret}'`), { code: 'ENOENT' })],
  ['a path', new Error(`Failed to handle request for /reset-password/${secret}`)],
  ['a link', new Error(`fetch failed: https://rollcall.example/activate/${secret}`)],
  ['several lines', new Error(`broken\n    at ${secret}`)],
  ['a name', Object.assign(new Error('x'), { name: secret })],
  ['a code', withFields('x', { code: secret })],
  ['a cause', new Error('outer', { cause: new Error(`"${secret}"`) })],
  ['no error', secret],
  ['an object', { message: secret }],
];

test.each(errors)('what an error about %s repeats does not reach the log', (_, error) => {
  expect(errorText(error)).not.toContain(secret);
  expect(errorText(error)).not.toContain(secret.slice(0, 9));
});

test('name, code, message, frames and causes are kept', () => {
  const cause = Object.assign(new TypeError('socket closed'), { code: 'ECONNRESET' });
  const text = errorText(new Error('The plan has no rows.', { cause }));
  expect(text).toMatch(/^Error: The plan has no rows\.\n\s+at .*error-text\.test\.ts/);
  expect(text).toContain('caused by TypeError [ECONNRESET]: socket closed');
});

test('which table or column is missing is kept, because no value can be in it', () => {
  const message = 'Raw query failed. Code: `42P01`. Message: `relation "organization" does not exist`';
  expect(errorText(new Error(message))).toContain('relation "organization" does not exist');
});

test('what the program itself did wrong is kept', () => {
  const broken = thrownBy(() => (undefined as unknown as { a: string }).a);
  expect(errorText(broken)).toContain("Cannot read properties of undefined (reading 'a')");
});

test('a circle of causes ends', () => {
  const error = new Error('round');
  error.cause = error;
  expect(errorText(error).match(/round/g)).toHaveLength(4);
});

test('an answer of a mail server keeps its codes', () => {
  expect(withoutValues('250 2.0.0 Ok: queued as 4f1A9')).toBe('250 2.0.0 Ok: queued as 4f1A9');
  expect(withoutValues('550 5.1.1 <ada@example.org>: Recipient rejected')).toBe('550 5.1.1 … Recipient rejected');
});
