import { askToLeave } from './leave-question';

type FormRef = { current: HTMLFormElement | null };

const unsaved = new Set<FormRef>();
let listening: AbortController | null = null;

let isAsking = false;

/** Whether leaving loses changes; those of `sent` are not lost. */
export function isUnsaved(sent: EventTarget | null = null): boolean {
  return [...unsaved].some(({ current }) => sent === null || current !== sent);
}

/** Goes at once, or asks first if changes would be lost. Code that navigates calls it. */
export async function leave(go: () => void, sent: EventTarget | null = null, stay?: () => void) {
  if (isAsking) return;
  if (!isUnsaved(sent)) return go();
  isAsking = true;
  const isLeaving = await askToLeave();
  isAsking = false;
  if (!isLeaving) return stay?.();
  for (const form of unsaved) if (sent === null || form.current !== sent) setUnsaved(form, false);
  go();
}

/** Gives up all unsaved changes without asking. True if there were any. */
export function abandonUnsaved(): boolean {
  const isLost = unsaved.size > 0;
  for (const form of unsaved) setUnsaved(form, false);
  return isLost;
}

export function setUnsaved(form: FormRef, isUnsaved: boolean) {
  if (isUnsaved) unsaved.add(form);
  else unsaved.delete(form);
  if (unsaved.size === 0) {
    listening?.abort();
    listening = null;
    return;
  }
  listening ??= listen();
}

function listen(): AbortController {
  const abort = new AbortController();
  // Capturing on window runs before React and the router, which cannot be made to wait.
  const options = { capture: true, signal: abort.signal };
  window.addEventListener('beforeunload', (event) => event.preventDefault(), options);
  window.addEventListener('click', onClick, options);
  window.addEventListener('submit', onSubmit, options);
  // Not every browser has it, but the router would handle `popstate` before us.
  window.navigation?.addEventListener('navigate', onNavigate, options);
  return abort;
}

function cancel(event: Event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function onClick(event: MouseEvent) {
  const link = leavingLink(event);
  if (!link || !isUnsaved()) return;
  cancel(event);
  void leave(() => link.click());
}

function leavingLink(event: MouseEvent): HTMLAnchorElement | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target === '_blank' || link.hasAttribute('download')) return null;
  const { origin } = new URL(link.href);
  // For other sites the browser asks by itself.
  return origin === location.origin && isElsewhere(link.href) ? link : null;
}

function isElsewhere(href: string): boolean {
  const { pathname, search } = new URL(href);
  return pathname + search !== location.pathname + location.search;
}

function onSubmit(event: SubmitEvent) {
  const form = event.target;
  // A dialog's close button is a form that goes nowhere.
  if (!(form instanceof HTMLFormElement) || form.getAttribute('method') === 'dialog' || !isUnsaved(form)) return;
  cancel(event);
  const { submitter } = event;
  // A changed control sent the form, not a button: reset it, or the control would show a choice that was not made.
  void leave(
    () => form.requestSubmit(submitter),
    form,
    () => submitter ?? form.reset(),
  );
}

/** Back and Forward. The browser allows this only once until the person interacts with the page again. */
function onNavigate(event: NavigateEvent) {
  const { navigationType, destination, cancelable } = event;
  // The browser asks before leaving the document, and code that uses the router has asked already.
  if (navigationType !== 'traverse' || !destination.sameDocument || !isElsewhere(destination.url)) return;
  if (!cancelable || !isUnsaved()) return;
  event.preventDefault();
  void leave(() => void window.navigation?.traverseTo(destination.key));
}
