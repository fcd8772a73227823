import type { IncomingMessage, ServerResponse } from 'node:http';
import { headers } from 'next/headers';
import { type ComponentType, createElement, type ReactNode } from 'react';
import { unavailableDigest } from '@/lib/unavailable';
import { isDatabaseUnavailable } from './db/errors';
import { replaceAnswer } from './plain-page';
import { unavailablePage } from './unavailable';

type Refusals = Record<403 | 404, ComponentType>;

/** Set by `mark-requests.ts`, whatever the client sent under that name. */
export const answerHeader = 'x-rollcall-answer';

// Next loads what starts the process and what renders pages as two copies of a module.
const holder = globalThis as { rollcallAnswers?: Map<string, ServerResponse | 'payload'> };
holder.rollcallAnswers ??= new Map();
const answers = holder.rollcallAnswers;

/**
 * Keeps an answer under its name until it is sent, so that a page can be given a status. A payload, which scripts fetch
 * while moving about, has none: at any but 200 Next would load the whole page instead, and be refused a second time.
 */
export function keepAnswer(name: string, request: IncomingMessage, response: ServerResponse) {
  answers.set(name, isPayload(request) ? 'payload' : response);
  response.once('close', () => answers.delete(name));
}

/** What Next itself takes for one: to anything else under these names it answers with a page, which has a status. */
function isPayload({ headers, method }: IncomingMessage): boolean {
  return headers.rsc === '1' || (headers['next-action'] !== undefined && method === 'POST');
}

/**
 * A page whose refusals are part of it. Next shows what `forbidden()` and `notFound()` lead to by scripts alone: without
 * them the browser has an empty page (vercel/next.js#62228). Here the refusal is rendered in the page's place, and its
 * status set by hand while nothing has been sent.
 */
export function makePage(refusals: Refusals) {
  return <P>(render: (props: P) => Promise<ReactNode>) =>
    async (props: P): Promise<ReactNode> => {
      try {
        return await render(props);
      } catch (error) {
        if (isDatabaseUnavailable(error)) return await showUnavailable(error);
        const status = refusalStatus(error);
        // Where it cannot be set, Next's own way: the right status without words is better than the reverse.
        if (!status || !(await answerStatus(status))) throw error;
        return createElement(refusals[status]);
      }
    };
}

/** A payload has begun already: `error.tsx` knows by the digest what to say. */
async function showUnavailable(error: unknown): Promise<ReactNode> {
  const answer = findAnswer((await headers()).get(answerHeader));
  if (!answer) throw Object.assign(error as Error, { digest: unavailableDigest });
  replaceAnswer(answer, unavailablePage);
  return null;
}

/** The answer of this name, while it can still become another one. */
export function findAnswer(name: unknown): ServerResponse | null {
  const answer = answers.get(String(name));
  return answer && answer !== 'payload' && !answer.headersSent ? answer : null;
}

/** Gives this page a status of its own; false when its answer has begun already. */
export async function answerStatus(status: 403 | 404 | 429): Promise<boolean> {
  const answer = answers.get((await headers()).get(answerHeader) ?? '');
  if (answer === 'payload') return true;
  if (!answer || answer.headersSent) return false;
  answer.statusCode = status;
  return true;
}

/** 403 or 404 of what Next's `forbidden` and `notFound` throw; null of everything else, redirects among it. */
function refusalStatus(error: unknown): 403 | 404 | null {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  if (digest === 'NEXT_HTTP_ERROR_FALLBACK;403') return 403;
  return digest === 'NEXT_HTTP_ERROR_FALLBACK;404' ? 404 : null;
}
