import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { securityHeaders } from '@/lib/security-headers';

/** Shown when the product itself cannot be rendered: no frame, no scripts, no session look-up. */
export type PlainPage = {
  status: 400 | 403 | 405 | 413 | 421 | 500 | 503;
  title: string;
  /** Trusted HTML, never user input. */
  paragraphs: string[];
  headers?: Record<string, string>;
};

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:CanvasText;background:Canvas}
:root{color-scheme:light dark}h1{font-size:1.25rem}`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`;

export function plainPage({ title, paragraphs }: PlainPage): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Rollcall</title><style>${style}</style></head>
<body><main id="main"><h1>${title}</h1>
${paragraphs.map((each) => `<p>${each}</p>`).join('\n')}</main></body></html>`;
}

export function plainHeaders(page: PlainPage): Record<string, string> {
  return {
    ...securityHeaders,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-store',
    'content-security-policy': policy,
    ...page.headers,
  };
}

/** Next answers with its own page, empty without scripts, which cannot be changed: what it writes is discarded. */
export function replaceAnswer(response: ServerResponse, page: PlainPage) {
  if (response.headersSent) return;
  for (const name of response.getHeaderNames()) {
    if (/^(content-|etag$|link$|vary$|transfer-encoding$|x-nextjs)/.test(name)) response.removeHeader(name);
  }
  response.writeHead(page.status, plainHeaders(page));
  response.end(response.req.method === 'HEAD' ? undefined : plainPage(page));
  const nowhere = { write: () => true, end: () => response, writeHead: () => response, setHeader: () => response };
  Object.assign(response, nowhere, {
    removeHeader: () => undefined,
    appendHeader: () => response,
    flushHeaders: () => undefined,
  });
}
