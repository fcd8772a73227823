/** A form with something typed in it that is not saved. */
type Held = { current: HTMLFormElement | null };

const question = 'Leave this page? What you changed here is not saved.';
const unsaved = new Set<Held>();
let listening: AbortController | null = null;

/**
 * Whether the page may be left, asked only while something on it is not saved. Everything that leads elsewhere by itself
 * asks this before it does; links, other forms and the browser's Back are held back from here. `sent` is a form that is
 * being sent, whose own changes are not lost by it.
 */
export function mayLeave(sent: EventTarget | null = null): boolean {
  const lost = [...unsaved].filter(({ current }) => sent === null || current !== sent);
  if (lost.length === 0) return true;
  if (!window.confirm(question)) return false;
  for (const form of lost) setUnsaved(form, false);
  return true;
}

/** Says whether a form holds something that is not saved. Nothing listens while none does. */
export function setUnsaved(form: Held, isUnsaved: boolean) {
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
  // On window and capturing, so before React and the router, neither of which can be asked to wait.
  const options = { capture: true, signal: abort.signal };
  window.addEventListener('beforeunload', (event) => event.preventDefault(), options);
  window.addEventListener('click', onClick, options);
  window.addEventListener('submit', onSubmit, options);
  // Not in every browser; of `popstate` the router would hear first.
  window.navigation?.addEventListener('navigate', onNavigate, options);
  return abort;
}

function holdBack(event: Event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function onClick(event: MouseEvent) {
  if (leavesPage(event) && !mayLeave()) holdBack(event);
}

function leavesPage(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target === '_blank' || link.hasAttribute('download')) return false;
  const { origin } = new URL(link.href);
  // Another site is asked about by the browser itself.
  return origin === location.origin && isElsewhere(link.href);
}

/** A place on this page is no leaving. */
function isElsewhere(href: string): boolean {
  const { pathname, search } = new URL(href);
  return pathname + search !== location.pathname + location.search;
}

function onSubmit(event: SubmitEvent) {
  const form = event.target;
  // The cross of a dialog is a form that goes nowhere.
  if (!(form instanceof HTMLFormElement) || form.getAttribute('method') === 'dialog' || mayLeave(form)) return;
  holdBack(event);
  // Sent by a choice in it and not by a button: the choice must not stand there as if it were made.
  if (!event.submitter) form.reset();
}

/** The browser's Back and Forward. It lets itself be held once, until the person does something again. */
function onNavigate(event: NavigateEvent) {
  const { navigationType, destination, cancelable } = event;
  // Leaving the document is asked about by the browser, and what the router does by who told it to.
  if (navigationType !== 'traverse' || !destination.sameDocument || !isElsewhere(destination.url)) return;
  if (cancelable && !mayLeave()) event.preventDefault();
}
