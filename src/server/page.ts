import type { IncomingMessage, ServerResponse } from 'node:http';
import { headers } from 'next/headers';
import { type ComponentType, createElement, type ReactNode } from 'react';
import { unavailableDigest } from '@/lib/database-unavailable';
import { unavailablePage } from './database-unavailable';
import { isDatabaseUnavailable } from './db/errors';
import { replaceAnswer } from './plain-page';

type Refusals = Record<403 | 404, ComponentType>;

/** Set by `mark-requests.ts`, overwriting what the client sent under that name. */
export const answerHeader = 'x-rollcall-answer';

// Next loads this module twice: once for the code that starts the process, once for the code that renders pages.
const holder = globalThis as { rollcallAnswers?: Map<string, { response: ServerResponse; isPayload: boolean }> };
holder.rollcallAnswers ??= new Map();
const answers = holder.rollcallAnswers;

/** For a page's status. A payload has none: at any but 200 Next would load the whole page, to be refused again. */
export function keepAnswer(name: string, request: IncomingMessage, response: ServerResponse) {
  answers.set(name, { response, isPayload: isPayload(request) });
  response.once('close', () => answers.delete(name));
}

/** Whether a request of this name is being answered. No client can know the name of one. */
export function isUnderWay(name: unknown): boolean {
  return answers.has(String(name));
}

// Next's own rule: `rsc` must be exactly `1`. For anything else it renders a page, which has a status.
function isPayload({ headers, method }: IncomingMessage): boolean {
  return headers.rsc === '1' || (headers['next-action'] !== undefined && method === 'POST');
}

/** Next shows `forbidden()` and `notFound()` only with scripts; without, an empty page (vercel/next.js#62228). */
export function makePage(refusals: Refusals) {
  return <P>(render: (props: P) => Promise<ReactNode>) =>
    async (props: P): Promise<ReactNode> => {
      try {
        return await render(props);
      } catch (error) {
        if (isDatabaseUnavailable(error)) return await showUnavailable(error);
        const status = refusalStatus(error);
        // If the status cannot be set, Next takes over: the right status without words is better than the reverse.
        if (!status || !(await answerStatus(status))) throw error;
        return createElement(refusals[status]);
      }
    };
}

/** A payload has already begun: `error.tsx` recognizes the digest. */
async function showUnavailable(error: unknown): Promise<ReactNode> {
  const answer = findAnswer((await headers()).get(answerHeader));
  if (!answer) throw Object.assign(error as Error, { digest: unavailableDigest });
  replaceAnswer(answer, unavailablePage);
  return null;
}

/** Null for a payload, and when the response has already begun. */
export function findAnswer(name: unknown): ServerResponse | null {
  return answers.get(String(name))?.isPayload ? null : findResponse(name);
}

/** Of a payload too: for a request that has no page to return to. */
export function findResponse(name: unknown): ServerResponse | null {
  const { response } = answers.get(String(name)) ?? {};
  return response && !response.headersSent ? response : null;
}

/** False when the response has already begun. */
export async function answerStatus(status: 403 | 404 | 429): Promise<boolean> {
  const name = (await headers()).get(answerHeader) ?? '';
  if (answers.get(name)?.isPayload) return true;
  const answer = findResponse(name);
  if (answer) answer.statusCode = status;
  return answer !== null;
}

function refusalStatus(error: unknown): 403 | 404 | null {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  if (digest === 'NEXT_HTTP_ERROR_FALLBACK;403') return 403;
  return digest === 'NEXT_HTTP_ERROR_FALLBACK;404' ? 404 : null;
}
