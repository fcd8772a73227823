import { type SearchWord, searchTerms } from '@/lib/search-terms';
import { foldedLiteral } from './names';
import { join, type Sql, sql } from './sql';

/** What a search reads in one row. */
export type Searched = {
  /** Folded, made by `searchable()` in SQL: a blank before each name and address, and `phone_letters()` at the end. */
  text: Sql;
  /** Names and addresses, folded, each with an index for beginnings; none if the text has two blanks before each. */
  starts: Sql[];
};

/** People, invitations: whether the row matches what somebody typed. Null if that has no word in it. */
export function searchCondition(typed: string, { text, starts }: Searched): Sql | null {
  const { words, phone } = searchTerms(typed);
  const holds = (part: Sql) => sql`${text} LIKE '%' || ${part} || '%'`;
  const matches = ({ text: word, place, ascii }: SearchWord): Sql => {
    if (place === 'name' && starts.length === 0) return holds(sql`searchable(fold(${`  ${word}`}::text))`);
    if (place === 'name') {
      return either(starts.map((start) => sql`${start} LIKE ${foldedLiteral(word)} || '%'`));
    }
    const blank = place === 'word' ? ' ' : '';
    const spellings = ascii === null ? [word] : [word, ascii];
    return either(spellings.map((spelling) => holds(sql`searchable(fold(${blank + spelling}::text))`)));
  };
  const everyWord = words.length > 0 ? join(words.map(matches), ' AND ') : null;
  if (phone === null) return everyWord;
  const number = holds(sql`phone_letters(${phone}::text)`);
  // Digits in one piece may also be part of an address.
  return everyWord && words.length === 1 ? either([number, everyWord]) : number;
}

/** Addresses as they are stored, of a table without a text to search: short words are beginnings of an address. */
export function addressCondition(typed: string, address: Sql): Sql | null {
  const { words } = searchTerms(typed);
  const matches = ({ text, place, ascii }: SearchWord): Sql => {
    const spellings = ascii === null ? [text] : [text, ascii];
    const before = place === 'anywhere' ? '%' : '';
    return either(spellings.map((spelling) => sql`${address} LIKE ${before} || ${foldedLiteral(spelling)} || '%'`));
  };
  return words.length > 0 ? join(words.map(matches), ' AND ') : null;
}

function either(conditions: Sql[]): Sql {
  return conditions.length === 1 ? sql`${conditions[0]}` : sql`(${join(conditions, ' OR ')})`;
}
