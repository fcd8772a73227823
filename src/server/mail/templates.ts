import type { KeyObject } from 'node:crypto';
import { render, toPlainText } from '@react-email/render';
import type { ReactElement } from 'react';
import type { z } from 'zod';
import { type Link, linkUrl } from '../auth/links';
import type { JsonObject } from '../db/sql';

export const productName = 'Rollcall';

export type PersonalLink = { link: Link; id: string; version: number };

/** A link whose token the database knows: with the key it was made with. */
export type KnownLink = PersonalLink & { key: KeyObject };

type MailContext = {
  link: string;
  product: string;
  /** Until when the link works if the mail goes out now. Null in previews, and for links whose mails do not name it. */
  until: Date | null;
};

/** Ids and words, never a link or a token: they are kept in the outbox. */
type Params = z.ZodType<unknown, JsonObject>;

export type Template<S extends z.ZodType = z.ZodType> = {
  /** `Email.template`. Unique, and never changed once mails carry it. */
  name: string;
  title: string;
  params: S;
  /** The link that the mail carries. It is made when the mail goes out, so no stored data contains it. */
  link?: { to: Link; of(params: z.output<S>): { id: string; version: number } };
  /** `send-again` with the same Message-ID is at least once, `stop` at most once. SMTP offers no third way. */
  whenUnsure?: 'send-again' | 'stop';
  /** Whether it counts toward the hourly emails of its organization (see quota.ts), or why not. */
  quota: 'organization' | { exempt: string };
  /** Mails with a limit of their own: others that fill a mailbox do not hold them up. */
  hasOwnLimit?: true;
  render(params: z.output<S>, context: MailContext): { subject: string; element: ReactElement };
};

export type WrittenEmail = { subject: string; html: string; text: string };

/** Declares a mail in a feature's `emails.tsx`; `handlers.ts` makes it known to the worker. */
export function defineEmail<S extends Params>(template: Template<S>): Template<S> {
  return template;
}

export function linkOf<S extends z.ZodType>({ link }: Template<S>, params: z.output<S>): PersonalLink | null {
  return link ? { link: link.to, ...link.of(params) } : null;
}

/** The link of a row of the outbox. Throws when the params do not fit the template. */
export function linkOfRow(template: Template, params: unknown): PersonalLink | null {
  return linkOf(template, template.params.parse(params));
}

/** Renders a row of the outbox with its link. Throws when the params do not fit the template. */
export async function writeEmail(
  template: Template,
  params: unknown,
  { key, until = null }: { key?: KeyObject | undefined; until?: Date | null } = {},
): Promise<WrittenEmail> {
  const link = linkOfRow(template, params);
  const url = link ? linkUrl(link.link, link.id, link.version, key) : '';
  return write(template, template.params.parse(params), url, until);
}

export function previewEmail<S extends z.ZodType>(template: Template<S>, params: z.input<S>): Promise<WrittenEmail> {
  const link = template.link ? 'https://example.org/the-personal-link-is-made-when-this-is-sent' : '';
  return write(template, template.params.parse(params), link);
}

async function write<S extends z.ZodType>(
  template: Template<S>,
  params: z.output<S>,
  link: string,
  until: Date | null = null,
): Promise<WrittenEmail> {
  const { subject, element } = template.render(params, { link, product: productName, until });
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
