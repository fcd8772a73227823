import { createHash, randomBytes } from 'node:crypto';
import type { NextApiRequest, NextApiResponse } from 'next';
import type { AuthOptions } from 'next-auth';
import * as nextAuth from 'next-auth';
import { encode } from 'next-auth/jwt';
import { env, setNextAuthUrl } from '../env';
import { key } from '../keys';
import { log } from '../log';
import { decodeSession, sessionCookie, sessionSeconds } from './session-token';

const csrfCookie = 'rollcall.csrf';

type Authorize = (credentials: Record<string, string>) => Promise<{ id: string; sid: string } | null>;

function authOptions(authorize: Authorize): AuthOptions {
  const session = sessionCookie();
  const own = { httpOnly: true, sameSite: 'lax', path: '/', secure: session.options.secure } as const;
  return {
    secret: csrfSecret(),
    session: { strategy: 'jwt', maxAge: sessionSeconds },
    jwt: {
      maxAge: sessionSeconds,
      encode: ({ token }) => encode({ token, secret: key('next-auth'), maxAge: sessionSeconds }),
      decode: async ({ token }) => {
        const read = await decodeSession(token ?? '');
        return read && { sid: read.token };
      },
    },
    cookies: {
      sessionToken: session,
      csrfToken: { name: csrfCookie, options: own },
      callbackUrl: { name: 'rollcall.callback', options: own },
    },
    providers: [
      {
        id: 'credentials',
        name: 'Password',
        type: 'credentials',
        credentials: {},
        authorize: (credentials) => authorize(credentials ?? {}),
      },
    ],
    callbacks: {
      // The cookie only names a session row. Permissions are read from the database for every request.
      jwt: ({ token, user }) => (user && 'sid' in user ? { sid: user.sid } : { sid: token.sid }),
      redirect: () => env().PUBLIC_URL,
    },
    logger: {
      error: (code) => log('error', 'next_auth.failed', { code }),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

const csrfSecret = () => key('next-auth').toString('base64url');

/** Both halves of next-auth's double submit. Our own origin check ran before and needs no cookie. */
function csrfPair() {
  const csrfToken = randomBytes(32).toString('hex');
  const proof = createHash('sha256').update(`${csrfToken}${csrfSecret()}`).digest('hex');
  return { csrfToken, cookie: `${csrfToken}|${proof}` };
}

type Handler = (req: NextApiRequest, res: NextApiResponse, options: AuthOptions) => Promise<void>;

/** The package is CommonJS: depending on the loader, its function is the default or the default's default. */
function handler(): Handler {
  const loaded: unknown = nextAuth.default;
  const found = typeof loaded === 'function' ? loaded : (loaded as { default?: unknown }).default;
  if (typeof found !== 'function') throw new Error('next-auth has no handler.');
  return found as Handler;
}

/** None of the visitor's headers, cookies or query reaches next-auth. Returns the Set-Cookie values of our cookie. */
async function call(
  path: ['callback', 'credentials'] | ['signout'],
  given: { body?: Record<string, string>; cookies?: Record<string, string>; authorize?: Authorize },
): Promise<string[]> {
  setNextAuthUrl();
  const { csrfToken, cookie } = csrfPair();
  const url = new URL(env().PUBLIC_URL);
  const req = {
    method: 'POST',
    query: { nextauth: path },
    headers: { host: url.host, 'x-forwarded-host': url.host, 'x-forwarded-proto': url.protocol.slice(0, -1) },
    body: { ...given.body, csrfToken },
    cookies: { ...given.cookies, [csrfCookie]: cookie },
  };
  const headers = new Map<string, unknown>();
  const res = {
    status: () => res,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: unknown) => {
      headers.set(name.toLowerCase(), value);
      return res;
    },
    end: () => res,
    json: () => res,
    send: () => res,
  };
  const options = authOptions(given.authorize ?? (async () => null));
  await handler()(req as unknown as NextApiRequest, res as unknown as NextApiResponse, options);
  const set = headers.get('set-cookie');
  const values = Array.isArray(set) ? set.map(String) : [];
  return values.filter((value) => value.startsWith(`${sessionCookie().name}=`));
}

/** Lets next-auth run `authorize` and returns the cookies of the new session; none when it refused. */
export function nextAuthSignIn(body: { email: string; password: string }, authorize: Authorize): Promise<string[]> {
  return call(['callback', 'credentials'], { body, authorize });
}

export function nextAuthSignOut(cookie: string): Promise<string[]> {
  return call(['signout'], { cookies: { [sessionCookie().name]: cookie } });
}
