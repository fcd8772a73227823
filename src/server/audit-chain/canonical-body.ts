/** Null when anything is not written as we and Postgres write it: it is not ours, even if a parser accepts it. */
export function canonicalBody(text: string): string | null {
  if (!text.isWellFormed()) return null;
  try {
    const cursor = { text, at: 0, hasEscapes: text.includes('\\') };
    const canonical = readValue(cursor);
    return cursor.at === text.length ? canonical : null;
  } catch (error) {
    // A RangeError means that it is nested deeper than the stack allows.
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}

type Member = { key: string; text: string };

const number = /-?\d[\d.]*/y;
const [quote, backslash, brace, bracket] = ['"', '\\', '{', '['].map((letter) => letter.charCodeAt(0));

type Cursor = { text: string; at: number; hasEscapes: boolean };

function readValue(cursor: Cursor): string {
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === quote) return readString(cursor);
  if (code === brace) return readObject(cursor);
  if (code === bracket) return readList(cursor);
  for (const word of ['null', 'true', 'false']) if (skip(cursor, word)) return word;
  return readNumber(cursor);
}

function readObject(cursor: Cursor): string {
  cursor.at += 1;
  if (skip(cursor, '}')) return '{}';
  const members: Member[] = [];
  do {
    const name = readString(cursor);
    const key: string = cursor.hasEscapes ? JSON.parse(name) : name.slice(1, -1);
    need(cursor, ': ');
    members.push({ key, text: `${name}:${readValue(cursor)}` });
  } while (skip(cursor, ', '));
  need(cursor, '}');
  return `{${inOrder(members)}}`;
}

function readList(cursor: Cursor): string {
  cursor.at += 1;
  if (skip(cursor, ']')) return '[]';
  let all = readValue(cursor);
  while (skip(cursor, ', ')) all += `,${readValue(cursor)}`;
  need(cursor, ']');
  return `[${all}]`;
}

function readString(cursor: Cursor): string {
  const { text, at, hasEscapes } = cursor;
  if (text.charCodeAt(at) !== quote) throw new SyntaxError();
  let end = text.indexOf('"', at + 1);
  if (hasEscapes) while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) throw new SyntaxError();
  cursor.at = end + 1;
  const token = text.slice(at, end + 1);
  // Postgres escapes the same characters as JSON.stringify(), in the same way.
  if (hasEscapes && JSON.stringify(JSON.parse(token)) !== token) throw new SyntaxError();
  return token;
}

function readNumber(cursor: Cursor): string {
  number.lastIndex = cursor.at;
  const token = number.exec(cursor.text)?.[0];
  // We never write numbers that JavaScript writes with an exponent.
  if (token === undefined || String(Number(token)) !== token) throw new SyntaxError();
  cursor.at += token.length;
  return token;
}

function need(cursor: Cursor, word: string) {
  if (!skip(cursor, word)) throw new SyntaxError();
}

function skip(cursor: Cursor, word: string): boolean {
  if (!cursor.text.startsWith(word, cursor.at)) return false;
  cursor.at += word.length;
  return true;
}

/** Postgres sorts shorter keys first, so the members are sorted again. */
function inOrder(members: Member[]): string {
  if (members.length > 12) members.sort(({ key: a }, { key: b }) => (a < b ? -1 : 1));
  else insertionSort(members);
  let all = '';
  let previous: string | null = null;
  for (const { key, text } of members) {
    if (key === previous) throw new SyntaxError();
    all += previous === null ? text : `,${text}`;
    previous = key;
  }
  return all;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

function insertionSort(members: Member[]) {
  for (let n = 1; n < members.length; n += 1) {
    const member = members[n] as Member;
    let at = n;
    for (; at > 0 && (members[at - 1] as Member).key > member.key; at -= 1) members[at] = members[at - 1] as Member;
    members[at] = member;
  }
}
