import { generateKeyPairSync } from 'node:crypto';

/** The settings of the server under test; the suite makes cookies and links with the same secret. */
export function settingsFor(port: number, databaseUrl: string): Record<string, string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SECRET: 'for the access suite only, and long enough to be one',
    AUDIT_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Rollcall <rollcall@example.org>',
    NEXT_TELEMETRY_DISABLED: '1',
  };
}
