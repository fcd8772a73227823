/** `npm run test:all` asks everything; `npm test` asks each thing somewhere, and a share of them everywhere. */
export const isThorough = process.env.INSPECT === 'all';

/**
 * One of `parts` equal shares of a list, or all of it if thorough. `turn` says which: the shares of `parts` turns in a
 * row are together the whole list.
 */
export function share<T>(all: T[], parts: number, turn: number): T[] {
  return isThorough ? all : all.filter((_, n) => (n + turn) % parts === 0);
}
