import { fold } from './text';

/** What other systems call something, by our word for it. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  deactivat: ['suspend', 'disable'],
  archiv: ['offboard'],
  'log in as': ['impersonate'],
  'add user': ['invite'],
  import: ['upload'],
};

const shortest = 4;

function ours(word: string): string[] {
  if (word.length < shortest) return [];
  const isMeant = (other: string) => other.startsWith(word) || word.startsWith(other);
  return Object.keys(otherWords).filter((own) => otherWords[own]?.some(isMeant));
}

/** Whether a text has every word of a search, each as typed or in our own words: "suspend" finds Deactivate. */
export function isFoundBy(text: string, search: string): boolean {
  const folded = fold(text);
  const words = fold(search).split(/\s+/).filter(Boolean);
  return words.every((word) => [word, ...ours(word)].some((said) => folded.includes(said)));
}
