import { asciiLabels } from './email';
import { phoneDigits } from './phone';
import { fold } from './text';

/**
 * Where a word must stand: anywhere, at the beginning of a word, or at the beginning of a name or an address. Only the
 * first two have trigrams, so the last is for a single sign and for what trigrams do not know, such as emoji.
 */
export type SearchPlace = 'anywhere' | 'word' | 'name';

export type SearchWord = {
  text: string;
  place: SearchPlace;
  /** The same with its domain as addresses store it, if that differs. */
  ascii: string | null;
};

/** All words must match, or a phone number contains the digits. A single sign counts only if nothing longer is there. */
export type SearchTerms = { words: SearchWord[]; phone: string | null };

const SEPARATORS = /[\s\u0085,\u060c\u3001\uff0c\ufe50]+/u;

/** Trigrams are made of letters and digits; the text that is searched has capitals in place of ASCII signs. */
const TRIGRAM = /[\p{L}\p{N}\x20-\x7e]{3}/u;

/** What somebody typed into a search. The order of the words makes no difference. */
export function searchTerms(typed: string): SearchTerms {
  const written = typed.normalize('NFC');
  const byKey = new Map(written.split(SEPARATORS).map((text) => [fold(text), text]));
  byKey.delete('');
  const words = [...byKey].map(([key, text]): SearchWord => ({ text, place: placeOf(key), ascii: asciiLabels(text) }));
  const longer = words.filter(({ text }) => lengthOf(fold(text)) > 1);
  return { words: longer.length > 0 ? longer : words, phone: phoneDigits(written) };
}

function placeOf(key: string): SearchPlace {
  if (TRIGRAM.test(key)) return 'anywhere';
  return lengthOf(key) > 1 && TRIGRAM.test(` ${key}`) ? 'word' : 'name';
}

function lengthOf(key: string): number {
  return [...key].length;
}
