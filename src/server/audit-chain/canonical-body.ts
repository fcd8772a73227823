/**
 * Canonical JSON of a body as Postgres writes jsonb: the keys in our order, the spaces left out, everything else letter
 * by letter. Null when anything is not written as we write it: 1.0 for 1, an escape that is not needed, the same key
 * twice, a number that JavaScript cannot tell from another. That is no body of ours, whatever it means to a parser.
 */
export function canonicalBody(text: string): string | null {
  if (!text.isWellFormed()) return null;
  try {
    const reader = new Reader(text);
    const canonical = reader.value();
    return reader.isAtEnd() ? canonical : null;
  } catch (error) {
    // Nested deeper than the stack is long.
    if (error instanceof NotOurs || error instanceof RangeError) return null;
    throw error;
  }
}

class NotOurs extends Error {}

type Member = { key: string; text: string };

const number = /-?\d[\d.]*/y;
const [quote, backslash, brace, bracket] = ['"', '\\', '{', '['].map((letter) => letter.charCodeAt(0));

/** Reads on from `at`; what it answers is canonical. */
class Reader {
  private at = 0;
  private readonly hasEscapes: boolean;

  constructor(private readonly text: string) {
    this.hasEscapes = text.includes('\\');
  }

  isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  value(): string {
    const code = this.text.charCodeAt(this.at);
    if (code === quote) return this.string();
    if (code === brace) return this.object();
    if (code === bracket) return this.list();
    for (const word of ['null', 'true', 'false']) if (this.skip(word)) return word;
    return this.number();
  }

  private object(): string {
    this.at += 1;
    if (this.skip('}')) return '{}';
    const members: Member[] = [];
    do {
      const name = this.string();
      const key: string = this.hasEscapes ? JSON.parse(name) : name.slice(1, -1);
      this.need(': ');
      members.push({ key, text: `${name}:${this.value()}` });
    } while (this.skip(', '));
    this.need('}');
    return `{${inOrder(members)}}`;
  }

  private list(): string {
    this.at += 1;
    if (this.skip(']')) return '[]';
    let all = this.value();
    while (this.skip(', ')) all += `,${this.value()}`;
    this.need(']');
    return `[${all}]`;
  }

  private string(): string {
    const { text, at } = this;
    if (text.charCodeAt(at) !== quote) throw new NotOurs();
    let end = text.indexOf('"', at + 1);
    if (this.hasEscapes) while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
    if (end < 0) throw new NotOurs();
    this.at = end + 1;
    const token = text.slice(at, end + 1);
    if (this.hasEscapes && !isOurs(token)) throw new NotOurs();
    return token;
  }

  private number(): string {
    number.lastIndex = this.at;
    const token = number.exec(this.text)?.[0];
    // What JavaScript writes with an exponent we never write.
    if (token === undefined || String(Number(token)) !== token) throw new NotOurs();
    this.at += token.length;
    return token;
  }

  private need(word: string) {
    if (!this.skip(word)) throw new NotOurs();
  }

  private skip(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }
}

/** Postgres sorts shorter keys first. */
function inOrder(members: Member[]): string {
  if (members.length > 12) members.sort(({ key: a }, { key: b }) => (a < b ? -1 : 1));
  else insertionSort(members);
  let all = '';
  let previous: string | null = null;
  for (const { key, text } of members) {
    if (key === previous) throw new NotOurs();
    all += previous === null ? text : `,${text}`;
    previous = key;
  }
  return all;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

/** Postgres escapes what JSON.stringify() escapes, and the same way. */
function isOurs(token: string): boolean {
  try {
    return JSON.stringify(JSON.parse(token)) === token;
  } catch {
    return false;
  }
}

function insertionSort(members: Member[]) {
  for (let n = 1; n < members.length; n += 1) {
    const member = members[n] as Member;
    let at = n;
    for (; at > 0 && (members[at - 1] as Member).key > member.key; at -= 1) members[at] = members[at - 1] as Member;
    members[at] = member;
  }
}
