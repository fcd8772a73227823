import { NextResponse } from 'next/server';
import { parseCookies } from '@/lib/cookie-header';
import { fieldLimits } from '@/lib/limits';
import { safePath } from '@/lib/redirects';
import { readTimeZone } from '@/lib/time-zones';
import { nobody } from '@/server/audit';
import { currentSession, sessionOfCookie } from '@/server/auth/cookie';
import { deviceCookie } from '@/server/auth/device';
import { readFormBody } from '@/server/auth/form-body';
import { holds } from '@/server/auth/grants';
import { nextAuthSignIn, nextAuthSignOut } from '@/server/auth/next-auth';
import { sessionCookie } from '@/server/auth/session-token';
import { type SignedIn, signIn } from '@/server/auth/sign-in';
import { lastSignInCookie, ownSignInPath, readSlug, type SignInPath, signInPathOf } from '@/server/auth/sign-in-path';
import { signOut } from '@/server/auth/sign-out';
import { unavailableResponse } from '@/server/database-unavailable';
import { Fail, type FailCode } from '@/server/fail';
import { logBug } from '@/server/log';
import { noticeCookieOf } from '@/server/notice-once';
import { traceRefusal } from '@/server/refusals';
import { assertSameOrigin, requestInfo } from '@/server/request';
import { landingPath } from './landing.policy';
import { typedAddressCookie } from './sign-in.policy';

const noStore = { 'cache-control': 'private, no-store' };

function text(words: string, status: number): NextResponse {
  return new NextResponse(words, { status, headers: { ...noStore, 'content-type': 'text/plain; charset=utf-8' } });
}

/** Location is always a path, so a forged Host header cannot redirect to another site. */
function seeOther(path: string): NextResponse {
  return new NextResponse(null, { status: 303, headers: { ...noStore, location: path } });
}

export function notFoundAnswer(): NextResponse {
  return text('There is nothing here.', 404);
}

/** What the sign-in page says more about than that it did not work. */
const reasons: Partial<Record<FailCode, string>> = { 'password.expired': 'expired', busy: 'busy', blocked: 'blocked' };

/** Answers the sign-in form: a plain POST, which needs neither scripts nor an earlier cookie. */
export async function signInRoute(request: Request): Promise<NextResponse> {
  let signInPath: SignInPath = '/sign-in';
  let email = '';
  let next = '';
  try {
    assertSameOrigin(request.headers);
    const fields = await readFormBody(request);
    email = fields.get('email') ?? '';
    next = safePath(fields.get('next'), '');
    const organization = readSlug(fields.get('organization'));
    signInPath = signInPathOf(organization);
    const timeZone = readTimeZone(fields.get('timeZone'));
    const signedIn = await signInWithNextAuth(request, { email, password: fields.get('password') ?? '', timeZone });
    return signedIn ? welcome(request, signedIn, next, organization) : refuse(email, next, 'error=1', signInPath);
  } catch (error) {
    if (error instanceof Fail) {
      await traceRefusal(error, { actor: nobody, request: requestInfo(request.headers), what: 'session.start' });
      const reason = reasons[error.code];
      if (reason) return refuse(email, next, `error=${reason}`, signInPath);
    }
    return failed(error, 'session.start');
  }
}

type Outcome = { person: SignedIn; cookies: string[] };

type Submitted = { email: string; password: string; timeZone: string | null };

async function signInWithNextAuth(request: Request, submitted: Submitted): Promise<Outcome | null> {
  const cookies = parseCookies(request.headers.get('cookie'));
  let person: SignedIn | null = null;
  let thrown: unknown;
  const set = await nextAuthSignIn({ email: submitted.email, password: submitted.password }, async () => {
    // next-auth would turn a thrown error into a redirect with the message in the address.
    try {
      const typed = { ...submitted, device: cookies.get(deviceCookie().name) ?? null };
      const presented = await sessionOfCookie(cookies.get(sessionCookie().name));
      person = await signIn(typed, requestInfo(request.headers), presented);
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

/** The organization decides only where the next sign-in starts, so the answer reveals no membership. */
function welcome(
  request: Request,
  { person, cookies }: Outcome,
  next: string,
  organization: string | null,
): NextResponse {
  const landing = next || landingPath({ may: (permission) => holds(person.grants, permission) });
  const response = seeOther(
    person.mustChangePassword ? `/account/password?next=${encodeURIComponent(landing)}` : landing,
  );
  const device = deviceCookie();
  response.cookies.set(device.name, person.device, device.options);
  const lastSignIn = lastSignInCookie();
  if (organization) response.cookies.set(lastSignIn.name, organization, lastSignIn.options);
  else if (parseCookies(request.headers.get('cookie')).has(lastSignIn.name)) {
    response.cookies.set(lastSignIn.name, '', { ...lastSignIn.options, maxAge: 0 });
  }
  // Comes last, because `cookies.set` rewrites the header and drops values it did not set.
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

function refuse(email: string, next: string, reason: string, signInPath: SignInPath): NextResponse {
  const response = seeOther(`${signInPath}?${reason}${next ? `&next=${encodeURIComponent(next)}` : ''}`);
  const typed = typedAddressCookie(signInPath);
  response.cookies.set(typed.name, email.slice(0, fieldLimits.emailMaxChars), typed.options);
  return response;
}

/** Ends the session row first, so that a copy of the cookie stops working even if the browser keeps it. */
export async function signOutRoute(request: Request): Promise<NextResponse> {
  try {
    assertSameOrigin(request.headers);
    const session = await currentSession();
    if (session) await signOut(session, requestInfo(request.headers));
    const response = seeOther(`${await ownSignInPath()}?notice=session.ended`);
    response.cookies.set(noticeCookieOf('session.ended'));
    const cookie = parseCookies(request.headers.get('cookie')).get(sessionCookie().name);
    for (const value of await nextAuthSignOut(cookie ?? '')) response.headers.append('set-cookie', value);
    return response;
  } catch (error) {
    return failed(error, 'session.end');
  }
}

function failed(error: unknown, route: string): NextResponse {
  const unavailable = unavailableResponse(error);
  if (unavailable) return new NextResponse(unavailable.body, unavailable);
  if (error instanceof Fail) return text(error.words, error.code === 'origin' ? 403 : 400);
  return text(`Something went wrong on our side. Reference: ${logBug(error, { route })}`, 500);
}
