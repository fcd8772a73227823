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
const holder = globalThis as { rollcallAnswers?: Map<string, ServerResponse | 'payload'> };
holder.rollcallAnswers ??= new Map();
const answers = holder.rollcallAnswers;

/** For a page's status. A payload has none: at any but 200 Next would load the whole page, to be refused again. */
export function keepAnswer(name: string, request: IncomingMessage, response: ServerResponse) {
  answers.set(name, isPayload(request) ? 'payload' : response);
  response.once('close', () => answers.delete(name));
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

export function findAnswer(name: unknown): ServerResponse | null {
  const answer = answers.get(String(name));
  return answer && answer !== 'payload' && !answer.headersSent ? answer : null;
}

/** False when the response has already begun. */
export async function answerStatus(status: 403 | 404 | 429): Promise<boolean> {
  const answer = answers.get((await headers()).get(answerHeader) ?? '');
  if (answer === 'payload') return true;
  if (!answer || answer.headersSent) return false;
  answer.statusCode = status;
  return true;
}

function refusalStatus(error: unknown): 403 | 404 | null {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  if (digest === 'NEXT_HTTP_ERROR_FALLBACK;403') return 403;
  return digest === 'NEXT_HTTP_ERROR_FALLBACK;404' ? 404 : null;
}
