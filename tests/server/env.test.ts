import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hasMailbox, isDemoAllowed, readEnv } from '@/server/env';
import { deriveKey } from '@/server/keys';
import { isLoopback } from '@/server/loopback';

const signingKey = (type: 'ed25519' | 'x25519') =>
  type === 'ed25519'
    ? generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    : generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const complete = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://app:secret@db.example.org:5432/rollcall',
  MIGRATE_DATABASE_URL: 'postgresql://owner:secret@db.example.org:5432/rollcall',
  SMTP_URL: 'smtps://user:secret@mail.example.org:465',
  MAIL_FROM: 'Rollcall <rollcall@example.org>',
  PUBLIC_URL: 'https://rollcall.example.org/',
  TRUSTED_PROXIES: '1',
  SECRET: 'x'.repeat(32),
  AUDIT_SIGNING_KEY: signingKey('ed25519'),
};

const read = (change: Record<string, string | undefined> = {}) => readEnv({ ...complete, ...change });
const settings = (change: Record<string, string | undefined> = {}) => {
  const result = read(change);
  if (!('env' in result)) throw new Error(result.sentences.join(' '));
  return result.env;
};

test('an initial password works for 1 to 90 days, and org admins set none unless the setting says so', () => {
  expect(settings()).toMatchObject({ INITIAL_PASSWORD_DAYS: 7, ORG_ADMINS_MAY_SET_PASSWORDS: false });
  expect(settings({ INITIAL_PASSWORD_DAYS: '1', ORG_ADMINS_MAY_SET_PASSWORDS: '1' })).toMatchObject({
    INITIAL_PASSWORD_DAYS: 1,
    ORG_ADMINS_MAY_SET_PASSWORDS: true,
  });
  for (const INITIAL_PASSWORD_DAYS of ['0', '91', '-1', 'seven']) {
    expect(read({ INITIAL_PASSWORD_DAYS })).toEqual({
      sentences: ['INITIAL_PASSWORD_DAYS must be a number of days, from 1 to 90.'],
    });
  }
});

test('complete production settings are read', () => {
  expect(settings()).toMatchObject({ PUBLIC_URL: 'https://rollcall.example.org', PORT: 3000, TRUSTED_PROXIES: 1 });
  expect(settings().ORGANIZATION_EMAILS_PER_HOUR).toBe(1000);
});

describe('a missing setting is named with what to do', () => {
  test.each(['DATABASE_URL', 'SMTP_URL', 'MAIL_FROM', 'PUBLIC_URL', 'SECRET', 'AUDIT_SIGNING_KEY'])('%s', (name) => {
    for (const empty of [undefined, '']) {
      expect(read({ [name]: empty })).toEqual({
        sentences: [expect.stringMatching(new RegExp(`^Set ${name} \\(.+\\)\\.$`))],
      });
    }
  });
});

test.each([
  ['DATABASE_URL', 'mysql://a:b@c/d', /must look like postgresql:/],
  ['DATABASE_URL', 'postgresql:///rollcall', /must look like postgresql:/],
  ['SMTP_URL', 'mail.example.org:25', /must look like smtp:/],
  ['PUBLIC_URL', 'rollcall.example.org', /must be the address people open/],
  ['PUBLIC_URL', 'https://example.org/rollcall', /without a path/],
  ['PUBLIC_URL', 'http://rollcall.example.org', /must begin with https/],
  ['ORGANIZATION_EMAILS_PER_HOUR', '0', /must be a number of emails, 1 or more/],
  ['ORGANIZATION_EMAILS_PER_HOUR', 'many', /must be a number of emails, 1 or more/],
  ['SECRET', 'short', /at least 32 characters/],
  ['SECRET_PREVIOUS', 'short', /must be the value SECRET had before/],
  ['SECRET_PREVIOUS', complete.SECRET, /must be the value SECRET had before/],
  ['AUDIT_SIGNING_KEY', 'nonsense', /must be an Ed25519 private key/],
  ['AUDIT_SIGNING_KEY', signingKey('x25519'), /must be an Ed25519 private key/],
  ['PORT', '99999', /must be a port number/],
  ['TRUSTED_PROXIES', '-1', /number of proxies/],
  ['TRUSTED_PROXIES', '0', /number of proxies in front of Rollcall, usually 1/],
  ['TRUSTED_PROXIES', '', /number of proxies in front of Rollcall, usually 1/],
  ['LOG_LEVEL', 'loud', /a value Rollcall does not know/],
])('%s = %s is refused in a sentence', (name, value, sentence) => {
  const result = read({ [name]: value });
  expect(result).toEqual({ sentences: [expect.stringMatching(sentence)] });
  expect(JSON.stringify(result)).not.toContain('secret@');
});

test('both database URLs ask for TLS over a network', () => {
  const { DATABASE_URL, MIGRATE_DATABASE_URL } = settings();
  for (const url of [DATABASE_URL, MIGRATE_DATABASE_URL]) expect(url).toMatch(/\/rollcall\?sslmode=verify-full$/);
});

test('http is allowed on loopback and where the setting allows it', () => {
  expect(settings({ PUBLIC_URL: 'http://127.0.0.1:3000' }).PUBLIC_URL).toBe('http://127.0.0.1:3000');
  expect(settings({ PUBLIC_URL: 'http://inside', ALLOW_INSECURE_PUBLIC_URL: '1' }).PUBLIC_URL).toBe('http://inside');
});

test('the demo and the mailbox exist only on loopback with our own database and mail server', () => {
  const own = { ROLLCALL_EMBEDDED: '1', MAILBOX_DIR: '/tmp/x', PUBLIC_URL: 'http://127.0.0.1:3000' };
  const seen = (change: Record<string, string | undefined>) => [
    isDemoAllowed(settings({ ...own, ...change })),
    hasMailbox(settings({ ...own, ...change })),
  ];
  expect(seen({})).toEqual([true, true]);
  expect(seen({ HOST: '0.0.0.0' })).toEqual([false, false]);
  expect(seen({ PUBLIC_URL: 'https://rollcall.example.org' })).toEqual([false, false]);
  expect(seen({ ROLLCALL_EMBEDDED: undefined, MAILBOX_DIR: undefined })).toEqual([false, false]);
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['[::1]', true],
  ['127.0.0.1.example.org', false],
  ['localhost.example.org', false],
  ['0.0.0.0', false],
])('%s on loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test('keys differ by use and by secret, and are the same in every process', () => {
  const secret = 'x'.repeat(32);
  expect(deriveKey(secret, 'links')).toHaveLength(32);
  expect(deriveKey(secret, 'links')).toEqual(deriveKey(secret, 'links'));
  expect(deriveKey(secret, 'links')).not.toEqual(deriveKey(secret, 'next-auth'));
  expect(deriveKey(secret, 'links')).not.toEqual(deriveKey(`${secret}y`, 'links'));
});
