import { cookies, headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import type { z } from 'zod';
import { fieldErrors, formDataToObject, valuesToKeep } from '@/lib/form-data';
import type { FormAction, FormState } from '@/lib/form-state';
import type { Permission } from '@/lib/permissions';
import { personActor } from './audit';
import { clearSessionCookie, currentSession, setSessionCookie } from './auth/cookie';
import { holds } from './auth/grants';
import { touchSession } from './auth/session';
import { ownSignInPath } from './auth/sign-in-path';
import { endPresentedSession } from './auth/sign-out';
import { markUnavailable, unavailableWords } from './database-unavailable';
import type { Tx } from './db/client';
import { isDatabaseUnavailable } from './db/errors';
import { db } from './db/shared';
import { readsOn } from './db/statements';
import { Fail } from './fail';
import {
  type Can,
  type Ledger,
  makeCan,
  makeTools,
  makeWork,
  type PublicCan,
  type PublicWork,
  principalOf,
  type Work,
} from './handle';
import { log, logBug } from './log';
import { noticeCookieOf } from './notice-once';
import { answerHeader, findAnswer } from './page';
import { auditDenial } from './refusals';
import { assertSameOrigin, type RequestInfo, requestInfo, wantedPath } from './request';
import { inUnitWhileAllowed } from './rights';
import { traceRequest } from './trace-request';
import { inUnit } from './unit';

export type { Reads, Writes } from './db/statements';
export type { Can, PublicCan, PublicWork, SystemWork, Work } from './handle';

/**
 * Guards reading. Without a session it redirects to sign-in; a password that must be changed redirects to its page;
 * without the permission it shows the 403 page and audits the refusal. `'public'` opts out.
 */
export async function authorize(permission: 'public'): Promise<PublicCan>;
export async function authorize<P extends Permission>(...permissions: [P, ...P[]]): Promise<Can<P>>;
export async function authorize(...permissions: (Permission | 'public')[]): Promise<Can<Permission> | PublicCan> {
  await connection();
  const requestHeaders = await headers();
  const request = requestInfo(requestHeaders);
  const session = await currentSession();
  const needed = permissions.filter((permission) => permission !== 'public');
  if (needed.length < permissions.length) return { ...readsOn(db()), actor: session?.user ?? null, request };
  if (!session) redirect(`${await ownSignInPath()}?next=${encodeURIComponent(wantedPath(requestHeaders))}`);
  if (session.touch) await touchSession(db(), session);
  const can = makeCan(db(), principalOf(session), request);
  const missing = needed.find((permission) => !can.may(permission));
  if (!missing) return can;
  if (session.mustChangePassword) redirect('/account/password');
  await auditDenial({ actor: personActor(session.user.id), request, what: 'page' }, missing);
  forbidden();
}

/** For pages: a record that does not exist, or is not theirs, becomes the 404 page. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  return read.catch(async (error: unknown) => {
    if (!(error instanceof Fail) || error.code !== 'not_found') throw error;
    // A stranger's mistyped address is no attempt.
    if (await currentSession()) await traceRequest(error, 'page');
    notFound();
  });
}

export type Outcome =
  | { kind: 'redirect'; path: string; notice?: string | undefined; session?: { token: string } | 'end' }
  | { kind: 'state'; state: Partial<FormState> };

/**
 * Redirects after the commit. `notice` is a code of `lib/notices.ts`, shown on the next page. With `session` the one that
 * the browser presented ends: a new one takes its place, or none.
 */
export function done(path: string, notice?: string, session?: { token: string } | 'end'): Outcome {
  const target = notice ? `${path}${path.includes('?') ? '&' : '?'}notice=${notice}` : path;
  return { kind: 'redirect', path: target, notice, session };
}

export function stay(state: Partial<FormState>): Outcome {
  return { kind: 'state', state };
}

type Definition<W, S extends z.ZodType> = {
  /** Unique in the program: the name in the access policy and the log. */
  name: string;
  input: S;
  /** Only for the closed list of model.md: own preferences and the like. */
  unaudited?: boolean;
  /**
   * For a form of one button, which shows no state: the page to go back to, with a notice that says why not. Null leaves
   * the refusal a state.
   */
  refused?: (fail: Fail, typed: Record<string, unknown>) => Outcome | null;
  run(work: W, input: z.output<S>): Promise<Outcome>;
};

/** Every action by name, with the permission it needs; the access policy test reads it. */
export const actionRegistry = new Map<string, { permission: Permission | 'public'; isUnaudited: boolean }>();

/**
 * Guards a form's change, in this order: origin, actor, permission, input, transaction, run, audited or rolled back,
 * commit, response. A refusal is a state with words; any other error is logged and shown as its reference.
 */
export function action<S extends z.ZodType>(
  definition: Definition<PublicWork, S> & { permission: 'public' },
): FormAction;
export function action<P extends Permission, S extends z.ZodType>(
  definition: Definition<Work<NoInfer<P>>, S> & { permission: P },
): FormAction;
export function action<S extends z.ZodType>(
  definition: Definition<never, S> & { permission: Permission | 'public' },
): FormAction {
  const { name, permission, unaudited = false } = definition;
  actionRegistry.set(name, { permission, isUnaudited: unaudited });
  return async (stateOrForm: FormState | FormData, second?: FormData) => {
    const formData = second ?? stateOrForm;
    const typed = formData instanceof FormData ? formDataToObject(formData) : {};
    const refused = (state: Partial<FormState>): FormState => ({
      fieldErrors: {},
      values: valuesToKeep(typed),
      ...state,
    });
    let outcome: Outcome;
    try {
      outcome = await perform(definition, typed);
    } catch (error) {
      if (isDatabaseUnavailable(error)) {
        await answerUnavailable(definition.name);
        return refused({ formError: unavailableWords });
      }
      if (!(error instanceof Fail)) {
        const reference = logBug(error, { action: definition.name });
        return refused({ formError: `Something went wrong on our side. Nothing was changed. Reference: ${reference}` });
      }
      const back = definition.refused?.(error, typed);
      if (back?.kind === 'redirect') redirect(back.path);
      if (error.errors) return refused({ fieldErrors: error.errors, formError: error.errors['']?.[0] });
      return refused(error.field ? { fieldErrors: { [error.field]: [error.words] } } : { formError: error.words });
    }
    if (outcome.kind === 'state') return refused(outcome.state);
    if (outcome.session === 'end') await clearSessionCookie();
    else if (outcome.session) await setSessionCookie(outcome.session.token);
    const hasScripts = (await headers()).has('next-action');
    if (outcome.notice && !hasScripts) (await cookies()).set(noticeCookieOf(outcome.notice));
    redirect(outcome.path);
  };
}

async function answerUnavailable(name: string) {
  log('warn', 'database.unavailable', { in: name });
  const answer = findAnswer((await headers()).get(answerHeader));
  if (answer) markUnavailable(answer);
}

async function perform<S extends z.ZodType>(
  definition: Definition<never, S> & { permission: Permission | 'public' },
  typed: Record<string, unknown>,
): Promise<Outcome> {
  try {
    const requestHeaders = await headers();
    assertSameOrigin(requestHeaders);
    return await change(definition, typed, requestInfo(requestHeaders));
  } catch (error) {
    await traceRequest(error, definition.name);
    throw error;
  }
}

async function change<S extends z.ZodType>(
  { name, permission, unaudited = false, input, run }: Definition<never, S> & { permission: Permission | 'public' },
  typed: Record<string, unknown>,
  request: RequestInfo,
): Promise<Outcome> {
  const session = await currentSession();
  const principal = session ? principalOf(session) : null;
  const actor = personActor(session?.user.id);
  if (permission !== 'public') {
    if (!principal)
      throw new Fail('not_allowed', {
        detail: 'You are signed out. Sign in in another tab, then send this again.',
      });
    if (!holds(principal.grants, permission)) {
      await auditDenial({ actor, request, what: name }, permission);
      throw new Fail('not_allowed');
    }
  }
  const parsed = input.safeParse(typed);
  if (!parsed.success) throw new Fail('input', { errors: fieldErrors(parsed.error) });
  const body = async (tx: Tx, ledger: Ledger) => {
    const work =
      principal && permission !== 'public'
        ? makeWork(tx, principal, request, ledger)
        : { actor: principal?.actor ?? null, ...makeTools(tx, actor, request, ledger) };
    const outcome = await run(work as never, parsed.data);
    if (session && outcome.kind === 'redirect' && outcome.session) await endPresentedSession(tx, session, request);
    return outcome;
  };
  if (!principal || permission === 'public' || ownPermissions.has(permission))
    return inUnit(body, { exempt: unaudited });
  return inUnitWhileAllowed({ principal, request, what: name, permission }, body, { exempt: unaudited });
}

/** Permissions over the own account. Such an action can end its own session, so it is not checked again at the end. */
const ownPermissions = new Set<Permission>(['session.own', 'account.own']);
