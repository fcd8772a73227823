import type { Link } from '../auth/links';
import type { SystemWork } from '../handle';
import type { Template } from './templates';

export type Delivery = 'sent' | 'failed' | 'bounced';

/** What the feature of a link knows about it, by the hash of its token. */
type LinkHandler = {
  /** Whether the link still works: it may have been replaced or cancelled, or have expired. */
  isCurrent(work: SystemWork, hash: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** For mails that name the end of their link: until when it works if the mail goes out now. */
  worksUntil?(work: SystemWork, hash: Uint8Array<ArrayBuffer>): Promise<Date | null>;
  /** Runs in the transaction that records what became of the mail. */
  recordDelivery?(work: SystemWork, hash: Uint8Array<ArrayBuffer>, delivery: Delivery): Promise<void>;
};

const templates = new Map<string, Template>();
const linkHandlers = new Map<string, LinkHandler>();

/** Joins a link to its feature. `handlers.ts` calls it, before the mails that carry the link. */
export function registerLink({ kind }: Link, handler: LinkHandler) {
  if (linkHandlers.has(kind)) throw new Error(`Two links are called ${kind}.`);
  linkHandlers.set(kind, handler);
}

/** Makes mails known to the worker, which leaves all others waiting. */
export function registerEmails(...declared: Template[]) {
  for (const template of declared) {
    if (templates.has(template.name)) throw new Error(`Two mails are called ${template.name}.`);
    if (template.link) linkHandlerOf(template.link.to);
    templates.set(template.name, template);
  }
}

export function linkHandlerOf({ kind }: Link): LinkHandler {
  const handler = linkHandlers.get(kind);
  if (!handler) throw new Error(`Nobody knows whether a link of the kind ${kind} still works.`);
  return handler;
}

export function findTemplate(name: string): Template | undefined {
  return templates.get(name);
}

export function templateNames(): { all: string[]; sentAgain: string[] } {
  const all = [...templates.values()];
  return {
    all: all.map((template) => template.name),
    sentAgain: all.filter((template) => template.whenUnsure === 'send-again').map((template) => template.name),
  };
}
