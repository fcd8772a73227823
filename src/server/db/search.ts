import { type SearchWord, searchTerms } from '@/lib/search-terms';
import { foldedLiteral } from './names';
import { join, type Sql, sql } from './sql';

/** What a search reads in one row. */
export type Searched = {
  /** Folded, made by `searchable()` in SQL, with a blank before each name and address. */
  text: Sql;
  /** Names and addresses, folded, each with an index for beginnings; none if the text has two blanks before each. */
  starts: Sql[];
  /** Whether the text ends with the digits of a phone number, made by `phone_letters()`. */
  hasPhone: boolean;
};

/** People, invitations: whether the row matches what somebody typed. Null if that has no word in it. */
export function searchCondition(typed: string, { text, starts, hasPhone }: Searched): Sql | null {
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
  if (!hasPhone || phone === null) return everyWord;
  const number = holds(sql`phone_letters(${phone}::text)`);
  // Digits in one piece may also be part of an address.
  return everyWord && words.length === 1 ? either([number, everyWord]) : number;
}

function either(conditions: Sql[]): Sql {
  return conditions.length === 1 ? sql`${conditions[0]}` : sql`(${join(conditions, ' OR ')})`;
}
