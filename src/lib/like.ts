/** Escapes a search term for SQL LIKE, so that `%`, `_` and `\` match themselves. */
export function escapeLike(term: string): string {
  return term.replace(/[\\%_]/g, '\\$&');
}
