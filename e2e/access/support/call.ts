import { inject } from 'vitest';
import type { Fields } from '../policy';
import { type Entry, findActions } from './entry-points';

export type Answer = { status: number; headers: Headers; text: string; location: string | null };
export type Call = { cookie?: string | null; headers?: Record<string, string>; method?: string; body?: BodyInit };

/** Sends one request as it is, without following redirects. */
export async function call(path: string, { cookie, headers = {}, method = 'GET', body }: Call = {}): Promise<Answer> {
  const response = await fetch(new URL(path, inject('access').url), {
    method,
    redirect: 'manual',
    headers: { ...(cookie && { cookie }), ...headers },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  const { status } = response;
  return { status, headers: response.headers, text, location: response.headers.get('location') };
}

/** The page as the browser fetches it in client-side navigation: Next first redirects to an address with a digest. */
export async function callPayload(path: string, given: Call = {}): Promise<Answer> {
  const headers = { ...given.headers, rsc: '1' };
  const first = await call(path, { ...given, headers });
  return first.location?.includes('_rsc') ? call(first.location, { ...given, headers }) : first;
}

export const ours = () => ({ origin: inject('access').url });

export type ActionAnswer = Answer & { outcome: 'redirected' | 'refused' | 'stayed' | 'not run'; words: string };

/**
 * Calls an action by its id, as the browser does after hydration, with state and form encoded for React's Flight. Any
 * `path` would work; the default is a page that has the action.
 */
export async function callAction(
  name: string,
  fields: Fields,
  given: Call & { path?: string } = {},
): Promise<ActionAnswer> {
  const action = actionNamed(name);
  const body = new FormData();
  for (const [key, value] of pairs(fields)) body.append(`_1_${key}`, value);
  // Last, as React sends it: the server reads the parts as they come.
  body.set('0', '[{"fieldErrors":{},"values":{}},"$K1"]');
  return callActionRaw(action.id, body, { ...given, path: given.path ?? action.path });
}

export async function callActionRaw(
  id: string,
  body: BodyInit,
  { path = '/sign-in', headers, ...given }: Call & { path?: string } = {},
): Promise<ActionAnswer> {
  const all = { ...(headers ?? ours()), 'next-action': id, accept: 'text/x-component' };
  return withOutcome(await call(path, { ...given, method: 'POST', headers: all, body }));
}

/** Calls an action as a browser without scripts does: with a plain form. */
export async function postForm(
  name: string,
  fields: Fields,
  given: Call & { path?: string } = {},
): Promise<ActionAnswer> {
  const action = actionNamed(name);
  const body = new FormData();
  body.set(`$ACTION_ID_${action.id}`, '');
  for (const [key, value] of pairs(fields)) body.append(key, value);
  const { path = action.path, headers = ours(), ...rest } = given;
  return withOutcome(await call(path, { ...rest, method: 'POST', headers, body }));
}

function actionNamed(name: string): Entry {
  const action = findActions().find((each) => each.name === name);
  if (!action) throw new Error(`The build has no action ${name}.`);
  return action;
}

export function pairs(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]) => [value].flat().map((each): [string, string] => [key, each]));
}

function withOutcome(answer: Answer): ActionAnswer {
  const found = /"formError":"((?:[^"\\]|\\.)*)"/.exec(answer.text)?.[1] ?? '';
  const words = found === '$undefined' ? '' : found;
  const isState = answer.text.includes('"fieldErrors"');
  const isRedirect = answer.headers.has('x-action-redirect') || answer.status === 303;
  if (isRedirect) return { ...answer, outcome: 'redirected', words };
  if (!isState) return { ...answer, outcome: 'not run', words };
  const isRefused = words !== '' || !/"fieldErrors":\{\}/.test(answer.text);
  return { ...answer, outcome: isRefused ? 'refused' : 'stayed', words };
}
