type FormRef = { current: HTMLFormElement | null };

const question = 'Leave this page? Your changes are not saved.';
const unsaved = new Set<FormRef>();
let listening: AbortController | null = null;

/** Asks before unsaved changes are lost. Code that navigates must call this first; those of `sent` are not lost. */
export function mayLeave(sent: EventTarget | null = null): boolean {
  const lost = [...unsaved].filter(({ current }) => sent === null || current !== sent);
  if (lost.length === 0) return true;
  if (!window.confirm(question)) return false;
  for (const form of lost) setUnsaved(form, false);
  return true;
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
  if (leavesPage(event) && !mayLeave()) cancel(event);
}

function leavesPage(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target === '_blank' || link.hasAttribute('download')) return false;
  const { origin } = new URL(link.href);
  // For other sites the browser asks by itself.
  return origin === location.origin && isElsewhere(link.href);
}

function isElsewhere(href: string): boolean {
  const { pathname, search } = new URL(href);
  return pathname + search !== location.pathname + location.search;
}

function onSubmit(event: SubmitEvent) {
  const form = event.target;
  // A dialog's close button is a form that goes nowhere.
  if (!(form instanceof HTMLFormElement) || form.getAttribute('method') === 'dialog' || mayLeave(form)) return;
  cancel(event);
  // A changed control sent the form, not a button: reset it, or the control would show a choice that was not made.
  if (!event.submitter) form.reset();
}

/** Back and Forward. The browser allows this only once until the person interacts with the page again. */
function onNavigate(event: NavigateEvent) {
  const { navigationType, destination, cancelable } = event;
  // The browser asks before leaving the document, and code that uses the router has asked already.
  if (navigationType !== 'traverse' || !destination.sameDocument || !isElsewhere(destination.url)) return;
  if (cancelable && !mayLeave()) event.preventDefault();
}
