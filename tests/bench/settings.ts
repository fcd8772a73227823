import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { benchFolder } from './place';

const keyFile = path.join(benchFolder, 'signing-key');

/**
 * Settings for the server's functions that the benchmark's own process calls; they are read once, so they come first.
 * Each call is given its database.
 */
export function adoptSettings(): void {
  Object.assign(process.env, {
    DATABASE_URL: 'postgres://rollcall_app@127.0.0.1:9/none',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Rollcall <rollcall@localhost>',
    PUBLIC_URL: 'http://127.0.0.1:3000',
    SECRET: 'for the benchmark alone, and long enough to be one',
    LOG_LEVEL: 'error',
    AUDIT_SIGNING_KEY: signingKey(),
  });
}

/** Kept beside the audit log that it seals. */
export function signingKey(): string {
  if (existsSync(keyFile)) return readFileSync(keyFile, 'utf8');
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  mkdirSync(benchFolder, { recursive: true });
  writeFileSync(keyFile, made, { mode: 0o600 });
  return made;
}
