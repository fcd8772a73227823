import { generateKeyPairSync } from 'node:crypto';
import net from 'node:net';
import { afterEach, beforeEach, expect, inject, vi } from 'vitest';

// Set before any of our modules loads, because they read the environment once.
const { prefix, urls } = inject('database');
const database = `${prefix}_w${process.env.VITEST_POOL_ID}`;
Object.assign(process.env, {
  NODE_ENV: 'test',
  TZ: 'UTC',
  DATABASE_URL: urls.application.replace('{database}', database),
  MIGRATE_DATABASE_URL: urls.owner.replace('{database}', database),
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'Rollcall <rollcall@example.org>',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  SECRET: 'for tests only, and long enough to be one',
  AUDIT_SIGNING_KEY: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'der' })
    .toString('base64'),
  LOG_LEVEL: 'silent',
  ROLLCALL_TEST_BUILD: '1',
});

// Tests render parts of pages to text, where there is no router and nobody clicks.
vi.mock('next/navigation', async (original) => ({
  ...(await original<typeof import('next/navigation')>()),
  useRouter: () => ({}),
}));

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const outsideHosts: string[] = [];

// Everything that goes out (fetch, http, smtp, postgres) opens a socket, so a forgotten fake shows here.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const host = hostOf(args);
  if (host !== undefined && !loopback.has(host)) {
    outsideHosts.push(host);
    queueMicrotask(() => this.destroy(new Error(`A test may not connect to ${host}.`)));
    return this;
  }
  return Reflect.apply(connect, this, args) as net.Socket;
} as typeof connect;

function hostOf(args: unknown[]): string | undefined {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (first !== null && typeof first === 'object') {
    const { host, path } = first as { host?: string; path?: string };
    return path ? undefined : (host ?? 'localhost');
  }
  const second = Array.isArray(args[0]) ? args[0][1] : args[1];
  return typeof second === 'string' ? second : 'localhost';
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  const errors = vi.mocked(console.error).mock?.calls ?? [];
  vi.restoreAllMocks();
  const contacted = outsideHosts.splice(0);
  expect(errors, 'console.error was called').toEqual([]);
  expect(contacted, 'a test connected to another host').toEqual([]);
});
