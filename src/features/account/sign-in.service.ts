import { NextResponse } from 'next/server';
import { fieldLimits } from '@/lib/limits';
import { safePath } from '@/lib/redirects';
import { readTimeZone } from '@/lib/time-zones';
import { currentSession, sessionCookie } from '@/server/auth/cookie';
import { deviceCookie } from '@/server/auth/device';
import { readFormBody } from '@/server/auth/form-body';
import { nextAuthSignIn, nextAuthSignOut } from '@/server/auth/next-auth';
import { type SignedIn, signIn } from '@/server/auth/sign-in';
import { lastSignInCookie, ownSignInPath, readSlug, type SignInPath, signInPathOf } from '@/server/auth/sign-in-path';
import { signOut } from '@/server/auth/sign-out';
import { Fail } from '@/server/fail';
import { holds } from '@/server/handle';
import { logBug } from '@/server/log';
import { assertSameOrigin, requestInfo } from '@/server/request';
import { unavailableResponse } from '@/server/unavailable';
import { landingPath } from './landing.policy';
import { typedAddressCookie } from './sign-in.policy';

const noStore = { 'cache-control': 'private, no-store' };

function text(words: string, status: number): NextResponse {
  return new NextResponse(words, { status, headers: { ...noStore, 'content-type': 'text/plain; charset=utf-8' } });
}

/** Only a path goes into Location, so whatever host the request claimed to be for, it leads nowhere else. */
function leadTo(path: string): NextResponse {
  return new NextResponse(null, { status: 303, headers: { ...noStore, location: path } });
}

export function notFoundAnswer(): NextResponse {
  return text('There is nothing here.', 404);
}

/** The form of the sign-in page: a plain POST, which needs neither scripts nor a cookie from before. */
export async function signInRoute(request: Request): Promise<NextResponse> {
  let door: SignInPath = '/sign-in';
  try {
    assertSameOrigin(request.headers);
    const fields = await readFormBody(request);
    const email = fields.get('email') ?? '';
    const next = safePath(fields.get('next'), '');
    const organization = readSlug(fields.get('organization'));
    door = signInPathOf(organization);
    const timeZone = readTimeZone(fields.get('timeZone'));
    const signedIn = await throughNextAuth(request, { email, password: fields.get('password') ?? '', timeZone });
    return signedIn ? welcome(request, signedIn, next, organization) : refuse(email, next, 'error=1', door);
  } catch (error) {
    if (error instanceof Fail && error.code === 'too_many') return refuse('', '', 'error=busy', door);
    return failed(error, 'session.start');
  }
}

type Outcome = { person: SignedIn; cookies: string[] };

type Sent = { email: string; password: string; timeZone: string | null };

async function throughNextAuth(request: Request, sent: Sent): Promise<Outcome | null> {
  const cookies = parseCookies(request.headers.get('cookie'));
  let person: SignedIn | null = null;
  let thrown: unknown;
  const set = await nextAuthSignIn({ email: sent.email, password: sent.password }, async () => {
    // next-auth would turn an error into a redirect with its message in the address.
    try {
      const typed = { ...sent, device: cookies.get(deviceCookie().name) ?? null };
      person = await signIn(typed, requestInfo(request.headers));
    } catch (error) {
      thrown = error;
    }
    return person && { id: person.userId, sid: person.token };
  });
  if (thrown) throw thrown;
  if (!person) return null;
  if (set.length === 0) throw new Error('next-auth made no session cookie.');
  return { person, cookies: set };
}

/** Whose door it was changes nothing but where the next sign-in is asked for: no membership is told of. */
function welcome(
  request: Request,
  { person, cookies }: Outcome,
  next: string,
  organization: string | null,
): NextResponse {
  const landing = next || landingPath({ may: (permission) => holds(person.grants, permission) });
  const response = leadTo(
    person.mustChangePassword ? `/account/password?next=${encodeURIComponent(landing)}` : landing,
  );
  const device = deviceCookie();
  response.cookies.set(device.name, person.device, device.options);
  const door = lastSignInCookie();
  if (organization) response.cookies.set(door.name, organization, door.options);
  else if (parseCookies(request.headers.get('cookie')).has(door.name)) {
    response.cookies.set(door.name, '', { ...door.options, maxAge: 0 });
  }
  // Last, because `cookies.set` writes the header anew with what it knows.
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

function refuse(email: string, next: string, reason: string, door: SignInPath): NextResponse {
  const response = leadTo(`${door}?${reason}${next ? `&next=${encodeURIComponent(next)}` : ''}`);
  const typed = typedAddressCookie(door);
  response.cookies.set(typed.name, email.slice(0, fieldLimits.emailMaxChars), typed.options);
  return response;
}

/** Ends the session row first: a copy of the cookie is then worth nothing, whatever the browser keeps. */
export async function signOutRoute(request: Request): Promise<NextResponse> {
  try {
    assertSameOrigin(request.headers);
    const session = await currentSession();
    if (session) await signOut(session, requestInfo(request.headers));
    const response = leadTo(`${await ownSignInPath()}?notice=session.ended`);
    const cookie = parseCookies(request.headers.get('cookie')).get(sessionCookie().name);
    for (const value of await nextAuthSignOut(cookie ?? '')) response.headers.append('set-cookie', value);
    return response;
  } catch (error) {
    return failed(error, 'session.end');
  }
}

function failed(error: unknown, route: string): NextResponse {
  const away = unavailableResponse(error);
  if (away) return new NextResponse(away.body, away);
  if (error instanceof Fail) return text(error.words, error.code === 'origin' ? 403 : 400);
  return text(`Something went wrong on our side. Reference: ${logBug(error, { route })}`, 500);
}

function parseCookies(header: string | null): Map<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}
