export type SearchParams = Record<string, string | string[] | undefined>;

export type Address = { path: string; params: SearchParams };

type Changes = Record<string, string | number | string[] | null>;

/** Names the filter or chooser that a page shows open: where it leads without scripts. */
export const openedName = 'choose';

// A cursor belongs to one order and one filter, so any other change starts again at the first page. A search for filter
// choices (`find…`) ends once a choice is made.
const passing = new Set(['after', 'before', openedName]);
const isPassing = (name: string) => passing.has(name) || /^find[A-Z]/.test(name);

export function searchParamsOf(request: Request): SearchParams {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
}

/** All values of one parameter, without empty ones and null characters, which Postgres refuses in text. */
export function allOf(params: SearchParams, name: string): string[] {
  const value = params[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value])
    .map((each) => each.replaceAll('\u0000', ''))
    .filter((each) => each !== '');
}

export function firstOf(params: SearchParams, name: string): string | undefined {
  return allOf(params, name)[0];
}

/** `null` or an empty list removes one. Cursors go unless they change. The order stays: equal lists, equal URLs. */
export function hrefWith(address: Address, changes: Changes): string {
  const query = new URLSearchParams();
  const names = new Set([...Object.keys(address.params), ...Object.keys(changes)]);
  for (const name of names) {
    for (const value of valuesAfter(address.params, changes, name)) query.append(name, value);
  }
  const text = query.toString();
  return text ? `${address.path}?${text}` : address.path;
}

function valuesAfter(params: SearchParams, changes: Changes, name: string): string[] {
  const change = changes[name];
  if (change === undefined) return isPassing(name) ? [] : allOf(params, name);
  if (change === null) return [];
  return (Array.isArray(change) ? change : [String(change)]).filter((each) => each !== '');
}

/** The hidden fields with which a GET form keeps the other parameters. Cursors are left out. */
export function hiddenFields(params: SearchParams, except: string[]): [name: string, value: string][] {
  return Object.keys(params)
    .filter((name) => !except.includes(name) && !isPassing(name))
    .flatMap((name) => allOf(params, name).map((value): [string, string] => [name, value]));
}
