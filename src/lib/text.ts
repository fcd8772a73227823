const CONTROLS = /[\p{Cc}\p{Cs}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
const BLANKS = /[\s\u0085]+/gu;

/** One line in NFC, without control and direction characters. Joiners stay: Persian and Indic names need them. */
export function cleanName(value: string): string {
  return value.replace(BLANKS, ' ').replace(CONTROLS, '').replace(BLANKS, ' ').trim().normalize('NFC');
}

/** Unicode code points, as Postgres counts them: an emoji is one or a few, not twice as many. */
export function charsIn(text: string): number {
  return [...text].length;
}

/** Whether Postgres accepts it in a query: text with a null character is an error. */
export function isText(value: string): boolean {
  return !value.includes('\0');
}

// Letters that do not decompose, with the replacements of Postgres' unaccent.rules.
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'q',
  ŀ: 'l',
  ĳ: 'ij',
  ё: 'е',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
};
const TABLE = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
const MARKED = /([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu;

/** Close to the search column in Postgres (`lower`, `unaccent`): for sorting and tests, not for SQL parameters. */
export function fold(value: string): string {
  return value
    .normalize('NFC')
    .toLowerCase()
    .replace(TABLE, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(MARKED, '$1')
    .normalize('NFC');
}

/** One or two capitals for an avatar, from the first and last word; a question mark when there is no letter. */
export function initials(name: string): string {
  const words = name.normalize('NFC').split(/\s+/u);
  const letters = words.map((word) => /\p{L}\p{M}*/u.exec(word)?.[0]).filter((letter) => letter !== undefined);
  const first = letters[0];
  if (first === undefined) return '?';
  const last = letters.length > 1 ? letters.at(-1) : '';
  return `${first}${last}`.toUpperCase();
}
