/** What Next hands a page as `await searchParams`. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** Where a list is: its path and everything in its address. */
export type Address = { path: string; params: SearchParams };

type Changes = Record<string, string | number | string[] | null>;

/**
 * Names for one page only. A cursor belongs to one order and one filter, so any change of the address starts again at
 * the first page; what was typed to find a choice in a filter (`find…`) is over once it was chosen.
 */
const isPassing = (name: string) => name === 'after' || name === 'before' || /^find[A-Z]/.test(name);

/** The names in the address of a request. */
export function searchParamsOf(request: Request): SearchParams {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
}

/** Every value of one name, empty ones left out. Without null characters, which no text of Postgres can hold. */
export function allOf(params: SearchParams, name: string): string[] {
  const value = params[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value])
    .map((each) => each.replaceAll('\u0000', ''))
    .filter((each) => each !== '');
}

/** The first value of one name; an empty one counts as absent. */
export function firstOf(params: SearchParams, name: string): string | undefined {
  return allOf(params, name)[0];
}

/**
 * The same address with some names changed: `null` or an empty list takes a name out. Cursors go unless they are what
 * is changed. Names keep their order, so equal lists have equal addresses.
 */
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

/** Name and value of each hidden field with which a GET form keeps the rest of the address. Cursors are left out. */
export function hiddenFields(params: SearchParams, except: string[]): [name: string, value: string][] {
  return Object.keys(params)
    .filter((name) => !except.includes(name) && !isPassing(name))
    .flatMap((name) => allOf(params, name).map((value): [string, string] => [name, value]));
}
