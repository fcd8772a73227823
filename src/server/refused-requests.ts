import type { IncomingMessage } from 'node:http';
import { type Env, env, hasMailbox, isDemoAllowed } from './env';
import { isLoopback } from './loopback';
import type { PlainPage } from './plain-page';
import { isSameOrigin } from './request';
import { unreadableForm } from './unreadable-form';

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

export type Refusal = PlainPage & { isForeign?: true };

/** What is wrong with a request before anybody reads its body. Next would answer several of these with a 500. */
export function refusalOf(request: Request, settings: Env = env()): Refusal | null {
  return (
    (methods.test(request.method ?? '') ? null : otherMethod) ??
    (isHostKnown(request.headers.host, settings) ? null : otherHost(settings)) ??
    (isAddressReadable(request.url ?? '') ? null : unreadableAddress) ??
    (request.method === 'POST' ? refusalOfForm(request) : null)
  );
}

// The methods of pages, forms and route handlers. Next would render a page for a PUT, and answer a TRACE with a 500.
const methods = /^(GET|HEAD|POST)$/;

const otherMethod: Refusal = {
  status: 405,
  title: 'This method is not allowed',
  paragraphs: ['Rollcall answers GET, HEAD and POST.'],
  headers: { allow: 'GET, HEAD, POST' },
};

/**
 * A page of another site can give its own name this machine's address, and would then read the demo and its mailbox
 * like a page of ours. Its name stays in `Host`, which no page can choose.
 */
function isHostKnown(host: string | undefined, settings: Env): boolean {
  if (!isDemoAllowed(settings) && !hasMailbox(settings)) return true;
  const name = /^(\[[^\]]*\]|[^:]*)(:\d{1,5})?$/.exec(host ?? '')?.[1];
  return name !== undefined && isLoopback(name.toLowerCase());
}

const otherHost = ({ PUBLIC_URL }: Env): Refusal => ({
  status: 421,
  title: 'Rollcall has another address here',
  paragraphs: [
    'This trial runs for this machine only and does not answer under other names.',
    `On this machine, open ${linkTo(PUBLIC_URL)}.`,
  ],
});

/** Next decodes each part of a path, and fails on what cannot be decoded. */
function isAddressReadable(url: string): boolean {
  if (!url.startsWith('/')) return false;
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

const unreadableAddress: Refusal = {
  status: 400,
  title: 'This address cannot be read',
  paragraphs: [
    'It may have been cut off or changed on its way. Copy it again from where you have it.',
    '<a href="/">Go to the home page</a>',
  ],
};

function refusalOfForm({ headers }: Request): Refusal | null {
  if (!isSameOrigin(headers.origin, headers['sec-fetch-site'])) return foreignForm();
  return isFormReadable(headers) ? null : unreadableForm;
}

const foreignForm = (): Refusal => ({
  isForeign: true,
  status: 403,
  title: 'This request did not come from Rollcall',
  paragraphs: [
    'Nothing was changed.',
    `If you sent a form here, open ${linkTo(env().PUBLIC_URL)} and send it from there. Rollcall takes forms only from this address.`,
  ],
});

// A call of an action with scripts has plain text when its arguments contain no file or form.
const formTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data;(.*;)?\s*boundary=.)/i;

function isFormReadable(headers: Request['headers']): boolean {
  const type = headers['content-type'] ?? '';
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  if (isEmpty && type === '') return true;
  if (headers['content-encoding'] !== undefined) return false;
  return formTypes.test(type) || (headers['next-action'] !== undefined && /^text\/plain\b/i.test(type));
}

const linkTo = (address: string) => `<a href="${address}/">${address}</a>`;
