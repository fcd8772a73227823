import type { Request } from './answers';

type Form = { path: string; method: 'get' | 'post'; controls: Control[] };
/** `value` is sent when nothing is changed; null is not sent. `options` are the other values that the page offers. */
type Control = { name: string; value: string | null; options: string[]; isTyped: boolean };

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'", nbsp: ' ' };
const decoded = (text: string) =>
  text.replaceAll(/&(amp|lt|gt|quot|#x27|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>/])`).exec(tag);
  return found ? decoded(found[1] ?? '') : null;
}

/** The addresses on this server that a page links to. */
export function linksIn(page: string): string[] {
  return [...page.matchAll(/<a\s[^>]*>/g)]
    .map(([tag]) => attribute(tag, 'href') ?? '')
    .filter((href) => /^\/(?!\/)/.test(href))
    .map((href) => href.replace(/#.*/, ''));
}

function formsIn(page: string, path: string): Form[] {
  return [...page.matchAll(/<form\b[^>]*>.*?<\/form>/gs)].flatMap(([form]) => {
    const tag = form.slice(0, form.indexOf('>') + 1);
    const action = attribute(tag, 'action') || path;
    const method = attribute(tag, 'method')?.toLowerCase() === 'post' ? 'post' : 'get';
    return action.startsWith('/') ? [{ path: action, method, controls: controlsIn(form) }] : [];
  });
}

function controlsIn(form: string): Control[] {
  const controls: Control[] = [];
  for (const [whole, kind = ''] of form.matchAll(/<(input|select)\b[^>]*>(?:(?<=<select[^>]*>).*?<\/select>)?/gs)) {
    const tag = whole.slice(0, whole.indexOf('>') + 1);
    const name = attribute(tag, 'name');
    if (!name) continue;
    if (kind === 'select') controls.push(choice(name, whole));
    else controls.push(input(name, tag));
  }
  return controls;
}

function choice(name: string, select: string): Control {
  const options = [...select.matchAll(/<option\b[^>]*>/g)].map(([tag]) => ({
    value: attribute(tag, 'value') ?? '',
    isChosen: attribute(tag, 'selected') !== null,
  }));
  const value = (options.find(({ isChosen }) => isChosen) ?? options[0])?.value ?? null;
  return { name, value, options: options.map((each) => each.value).filter((each) => each !== value), isTyped: false };
}

function input(name: string, tag: string): Control {
  const type = attribute(tag, 'type') ?? 'text';
  const value = attribute(tag, 'value') ?? '';
  const isBox = type === 'checkbox' || type === 'radio';
  const isTyped = type === 'search' || type === 'text';
  if (!isBox) return { name, value, options: type === 'date' ? ['2026-02-20'] : [], isTyped };
  const isChosen = attribute(tag, 'checked') !== null;
  return { name, value: isChosen ? value : null, options: isChosen ? [] : [value], isTyped: false };
}

/** What can be asked through the forms of a page that only read: each option by itself, and each term typed. */
export function questionsIn(page: string, path: string, terms: string[]): string[] {
  return formsIn(page, path.split('?')[0] ?? '')
    .filter(({ method }) => method === 'get')
    .flatMap(({ path: target, controls }) => {
      const changes = controls.flatMap((control) =>
        (control.isTyped ? terms : control.options).map((value): [string, string] => [control.name, value]),
      );
      return changes.map(([changed, value]) => {
        const kept = controls.flatMap(({ name, value: sent }): [string, string][] =>
          sent && name !== changed ? [[name, sent]] : [],
        );
        return `${target}?${new URLSearchParams([...kept, [changed, value]])}`;
      });
    });
}

/** The plain forms that give a file: with every box ticked, in every format. */
export function downloadsIn(page: string, path: string): Request[] {
  const downloads = formsIn(page, path).filter(({ method, path: target }) => method === 'post' && isDownload(target));
  return downloads.flatMap(({ path: target, controls }) => {
    const formats = controls
      .filter(({ name }) => name === 'format')
      .flatMap(({ value, options }) => [value, ...options]);
    const others = controls
      .filter(({ name }) => name !== 'format')
      .flatMap(({ name, value, options }) => [value, ...options].map((each): [string, string] => [name, each ?? '']))
      .filter(([, value]) => value !== '');
    const chosen = formats.filter((each) => each !== null);
    if (chosen.length === 0) return [{ path: target, fields: others }];
    return chosen.map((format) => ({ path: target, fields: [...others, ['format', format] as [string, string]] }));
  });
}

const isDownload = (target: string) => /\/(export\/file|failed-rows|not-done)(\?|$)/.test(target);
