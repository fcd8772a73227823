import { render, toPlainText } from '@react-email/render';
import type { ReactElement } from 'react';
import type { z } from 'zod';
import { type LinkKind, linkUrl } from '../auth/links';

export const productName = 'Rollcall';

export type LinkReference = { kind: LinkKind; id: string; version: number };

export type MailContext = {
  link: string;
  product: string;
};

export type Template<S extends z.ZodType = z.ZodType> = {
  /** `Email.template`. Unique, and never changed once mails carry it. */
  name: string;
  title: string;
  params: S;
  /** The link that the mail carries. It is made when the mail goes out, so no stored data contains it. */
  link?(params: z.output<S>): LinkReference;
  /** `send-again` with the same Message-ID is at least once, `stop` at most once. SMTP offers no third way. */
  whenUnsure?: 'send-again' | 'stop';
  render(params: z.output<S>, context: MailContext): { subject: string; element: ReactElement };
};

export type WrittenEmail = { subject: string; html: string; text: string };

const registry = new Map<string, Template>();

/** Makes a template known to the worker; each feature calls it in its `emails.tsx`. */
export function registerTemplate<S extends z.ZodType>(template: Template<S>): Template<S> {
  registry.set(template.name, template as unknown as Template);
  return template;
}

export function findTemplate(name: string): Template | undefined {
  return registry.get(name);
}

export function templateNames(): { all: string[]; sentAgain: string[] } {
  const all = [...registry.values()];
  return {
    all: all.map((template) => template.name),
    sentAgain: all.filter((template) => template.whenUnsure === 'send-again').map((template) => template.name),
  };
}

/** Renders a row of the outbox with its link. Throws when the params do not fit the template. */
export async function writeEmail(
  template: Template,
  params: unknown,
): Promise<WrittenEmail & { link: LinkReference | null }> {
  const parsed = template.params.parse(params);
  const link = template.link?.(parsed) ?? null;
  const written = await write(template, parsed, link ? linkUrl(link.kind, link.id, link.version) : '');
  return { ...written, link };
}

export function previewEmail<S extends z.ZodType>(template: Template<S>, params: z.input<S>): Promise<WrittenEmail> {
  const link = template.link ? 'https://example.org/the-personal-link-is-made-when-this-is-sent' : '';
  return write(template as unknown as Template, template.params.parse(params), link);
}

async function write(template: Template, params: unknown, link: string): Promise<WrittenEmail> {
  const { subject, element } = template.render(params, { link, product: productName });
  const html = await render(element);
  return { subject: oneLine(subject), html, text: plainText(html) };
}

/** Line breaks in names must not reach the header; mail readers cut long subjects anyway. */
function oneLine(subject: string): string {
  return subject
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function plainText(html: string): string {
  return toPlainText(html, {
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      { selector: '[data-skip-in-text=true]', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: false } },
    ],
  });
}
