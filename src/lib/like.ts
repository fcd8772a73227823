/** A search term for SQL LIKE in which `%`, `_` and `\` are letters like any other. */
export function escapeLike(term: string): string {
  return term.replace(/[\\%_]/g, '\\$&');
}
