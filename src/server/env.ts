import { z } from 'zod';
// scripts/start.mjs imports this file without a loader, so the paths need their extension.
import { withTls } from './db/tls.ts';
import { isLoopback } from './loopback.ts';
import { readSigningKey } from './signing-key.ts';

const postgresUrl = z
  .string()
  .refine((value) => URL.canParse(value) && isPostgres(new URL(value)), {
    error: 'must look like postgresql://user:password@host:5432/database',
  })
  .transform((value) => withTls(value));

/** Without a host, pg would take one from the environment. */
function isPostgres({ protocol, hostname, searchParams }: URL): boolean {
  return /^postgres(ql)?:$/.test(protocol) && (hostname !== '' || searchParams.has('host'));
}

const smtpUrl = z.string().refine((value) => URL.canParse(value) && /^smtps?:$/.test(new URL(value).protocol), {
  error: 'must look like smtp://user:password@host:587 or smtps://user:password@host:465',
});

const publicUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).pathname === '/',
    {
      error: 'must be the address people open, such as https://rollcall.example.org, without a path',
    },
  )
  .transform((value) => new URL(value).origin);

const wholeNumber = (error: string, max: number) =>
  z
    .string()
    .refine((value) => /^\d{1,9}$/.test(value) && Number(value) <= max, { error })
    .transform(Number);

const flag = z
  .string()
  .optional()
  .transform((value) => value === '1' || value === 'true');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: postgresUrl,
  MIGRATE_DATABASE_URL: postgresUrl.optional(),
  SMTP_URL: smtpUrl,
  MAIL_FROM: z.string().min(3),
  SUPPORT_EMAIL: z.email('must be an email address, such as support@example.org').optional(),
  SMTP_CA_FILE: z.string().optional(),
  PUBLIC_URL: publicUrl,
  ALLOW_INSECURE_PUBLIC_URL: flag,
  PORT: wholeNumber('must be a port number', 65_535).default(3000),
  SECRET: z.string().min(32, 'must have at least 32 characters: make one with "openssl rand -base64 48"'),
  /** The value of `SECRET` before, until nothing depends on it any more. */
  SECRET_PREVIOUS: z.string().min(32, 'must be the value SECRET had before').optional(),
  AUDIT_SIGNING_KEY: z.string().refine((value) => readSigningKey(value) !== undefined, {
    error: 'must be an Ed25519 private key: make one with "openssl genpkey -algorithm ed25519"',
  }),
  TRUSTED_PROXIES: wholeNumber('must be the number of proxies in front of Rollcall', 9).default(0),
  SEVERAL_ORGANIZATIONS: flag,
  ORG_ADMINS_MAY_SET_PASSWORDS: flag,
  INITIAL_PASSWORD_DAYS: wholeNumber('must be a number of days, from 1 to 90', 90)
    .refine((days) => days > 0, 'must be a number of days, from 1 to 90')
    .default(7),
  ORGANIZATION_EMAILS_PER_HOUR: wholeNumber('must be a number of emails, 1 or more', 1_000_000)
    .refine((emails) => emails > 0, { error: 'must be a number of emails, 1 or more' })
    .default(1000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Set by scripts/start.mjs when it runs Postgres and the mailbox itself, on loopback. */
  ROLLCALL_EMBEDDED: flag,
  HOST: z.string().default('127.0.0.1'),
  /** Folder and port of the mailbox; set by scripts/start.mjs when SMTP_URL is not given. */
  MAILBOX_DIR: z.string().optional(),
  MAILBOX_PORT: wholeNumber('must be a port number', 65_535).optional(),
  /** Simulates failures: the mailbox refuses *@bounce.test always, and *@greylist.test the first time. */
  MAILBOX_REFUSE: flag,
  DATA_DIR: z.string().default('.data'),
  /** Set by the builds of the test suites: enables crash points and a clock that can be shifted. */
  ROLLCALL_TEST_BUILD: flag,
  ROLLCALL_CRASH_POINT: z.string().max(1000).optional(),
  /** Only in test builds: leaves out one condition of `within()`, see scope-switch.ts. */
  ROLLCALL_SCOPE_SWITCH: z.string().max(1000).optional(),
  /** Only in test builds: seconds of silence after which a worker counts as lost, so that tests need not wait. */
  ROLLCALL_SILENCE_SECONDS: wholeNumber('must be a number of seconds', 60).optional(),
});

export type Env = z.output<typeof schema>;

export type EnvProblems = { sentences: string[] };

const meanings: Record<string, string> = {
  DATABASE_URL: 'the Postgres database as the application role',
  MIGRATE_DATABASE_URL: 'the same database as the role that owns the tables',
  SMTP_URL: 'the mail server that sends invitations',
  MAIL_FROM: 'the sender of mails, such as Rollcall <rollcall@example.org>',
  PUBLIC_URL: 'the address people open in the browser',
  SECRET: 'the secret all keys are derived from',
  SECRET_PREVIOUS: 'the secret of before a change of SECRET',
  AUDIT_SIGNING_KEY: 'the key that signs the audit log',
};

/** Parses an environment without touching the process. Returns the settings, or what to do about them. */
export function readEnv(from: Record<string, string | undefined>): { env: Env } | EnvProblems {
  const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) return { sentences: [...new Set(parsed.error.issues.map((issue) => sentenceOf(issue, given)))] };
  const problem = publicUrlProblem(parsed.data) ?? proxiesProblem(parsed.data) ?? secretProblem(parsed.data);
  return problem ? { sentences: [problem] } : { env: parsed.data };
}

let cached: Env | undefined;

/** The settings of this process. Ends it with sentences on stderr when one is missing or wrong. */
export function env(): Env {
  if (cached) return cached;
  const result = readEnv(process.env);
  if ('env' in result) {
    cached = result.env;
    return cached;
  }
  process.stderr.write(`Rollcall cannot start:\n${result.sentences.map((line) => `  - ${line}\n`).join('')}`);
  process.stderr.write('  .env.example explains every setting.\n');
  process.exit(1);
}

export function silenceSeconds(usual: number): number {
  const { ROLLCALL_TEST_BUILD, ROLLCALL_SILENCE_SECONDS } = env();
  return ROLLCALL_TEST_BUILD ? (ROLLCALL_SILENCE_SECONDS ?? usual) : usual;
}

/** next-auth only reads its own address from the environment. It is our setting, never a header. */
export function setNextAuthUrl() {
  process.env.NEXTAUTH_URL = env().PUBLIC_URL;
}

/** Next encrypts what a form's action carries along with this key, and reads it only from the environment. */
export function setFormActionKey(key: Buffer) {
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = key.toString('base64');
}

export function isDemoAllowed(settings: Env = env()): boolean {
  return settings.ROLLCALL_EMBEDDED && isOnLoopback(settings);
}

/** The mailbox shows everybody's links, so never with a real mail server and never off this machine. */
export function hasMailbox(settings: Env = env()): boolean {
  return settings.MAILBOX_DIR !== undefined && isOnLoopback(settings);
}

function isOnLoopback(settings: Env): boolean {
  return isLoopback(settings.HOST) && isLoopback(new URL(settings.PUBLIC_URL).hostname);
}

function sentenceOf(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  const meaning = meanings[name] ? ` (${meanings[name]})` : '';
  if (!(name in given)) return `Set ${name}${meaning}.`;
  return `${name}${meaning} ${/^must /.test(issue.message) ? issue.message : 'has a value Rollcall does not know'}.`;
}

/** Every request carries a session cookie, so production needs https, except on loopback. */
function publicUrlProblem(settings: Env): string | undefined {
  const url = new URL(settings.PUBLIC_URL);
  if (settings.NODE_ENV !== 'production' || url.protocol === 'https:') return undefined;
  if (isLoopback(url.hostname) || settings.ALLOW_INSECURE_PUBLIC_URL) return undefined;
  return 'PUBLIC_URL must begin with https://. For a trial without a certificate set ALLOW_INSECURE_PUBLIC_URL=1.';
}

/** Rollcall speaks http, so https means a proxy. If its header were ignored, everybody would come from one address. */
function proxiesProblem({ PUBLIC_URL, TRUSTED_PROXIES }: Env): string | undefined {
  if (TRUSTED_PROXIES > 0 || !PUBLIC_URL.startsWith('https:')) return undefined;
  return (
    'Set TRUSTED_PROXIES to the number of proxies in front of Rollcall, usually 1. ' +
    'PUBLIC_URL begins with https://, so there is one, and without its header all visitors would share one limit for failed sign-ins.'
  );
}

function secretProblem({ SECRET, SECRET_PREVIOUS }: Env): string | undefined {
  if (SECRET !== SECRET_PREVIOUS) return undefined;
  return 'SECRET_PREVIOUS must be the value SECRET had before. While SECRET has not changed, leave it empty.';
}
