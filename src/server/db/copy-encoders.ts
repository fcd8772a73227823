import { csvBom, csvCell, csvLine } from '@/lib/csv';

/** The type of a column in COPY's text format. `json` is text that is already JSON. */
export type ColumnKind = 'text' | 'number' | 'time' | 'json';
export type EncodedColumn = { key: string; kind: ColumnKind };
export type FileFormat = 'csv-excel' | 'csv' | 'jsonl';

const [TAB, LF, SPACE, QUOTE, PLUS, POINT, ZERO] = [0x09, 0x0a, 0x20, 0x22, 0x2b, 0x2e, 0x30];
const [CAPITAL_N, CAPITAL_T, CAPITAL_Z, BACKSLASH] = [0x4e, 0x54, 0x5a, 0x5c];
const [DAY, SECONDS] = [10, 19];
const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const tableOf = (...bytes: number[]) => Uint8Array.from({ length: 256 }, (_, byte) => (bytes.includes(byte) ? 1 : 0));
const controls = Array.from({ length: 32 }, (_, byte) => byte);

// First bytes of the non-ASCII characters that are white space or a sign that starts a formula.
const wideBlanksAndSigns = [0xc2, 0xe1, 0xe2, 0xe3, 0xef];
/** A cell with one of these goes through `csvCell`. The backslash is what COPY escapes with. */
const csvInside = tableOf(...bytesOf(',;|"\\'), ...controls);
const csvFirst = tableOf(...bytesOf(" '=+-@"), ...wideBlanksAndSigns);
const jsonInside = tableOf(...bytesOf('"\\'), ...controls);
const nothing = tableOf();
const [csvEnd, emptyRecord, jsonEnd, nullWord, empty] = ['\r\n', '""\r\n', '}\n', 'null', ''].map(bytesOf) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
  Buffer,
];

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Decodes one value of COPY's text format; null for \N. */
export function copyValue(text: string): string | null {
  if (text === '\\N') return null;
  return text.includes('\\') ? text.replace(/\\([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter) : text;
}

export type RowEncoder = {
  head(): Buffer;
  push(piece: Buffer): Buffer;
  end(): void;
  made(): { rows: number; bytes: number };
};

type Sink = {
  out: Buffer;
  at: number;
  isJson: boolean;
  inside: Uint8Array;
  first: Uint8Array;
  columns: { kind: ColumnKind; before: Buffer }[];
};

/** Copies plain cells byte by byte; `lib/csv` or `JSON.stringify` write all others, so their rules exist only once. */
export function makeRowEncoder(columns: readonly EncodedColumn[], format: FileFormat): RowEncoder {
  const isJson = format === 'jsonl';
  const open = (key: string, index: number) => `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
  const sink: Sink = {
    out: Buffer.alloc(0),
    at: 0,
    isJson,
    inside: isJson ? jsonInside : csvInside,
    first: isJson ? nothing : csvFirst,
    columns: columns.map(({ key, kind }, index) => ({
      kind,
      before: bytesOf(isJson ? open(key, index) : index === 0 ? '' : ','),
    })),
  };
  let rest = Buffer.alloc(0);
  let [rows, bytes] = [0, 0];
  const counted = (made: Buffer) => {
    bytes += made.length;
    return made;
  };
  return {
    head: () => {
      const names = csvLine(columns.map(({ key }) => key));
      return counted(bytesOf(isJson ? '' : format === 'csv-excel' ? csvBom + names : names));
    },
    push(piece) {
      const end = piece.lastIndexOf(LF) + 1;
      const whole = end > 0 ? joined(rest, piece.subarray(0, end)) : empty;
      rest = end > 0 ? Buffer.from(piece.subarray(end)) : Buffer.concat([rest, piece]);
      sink.out = Buffer.allocUnsafe(whole.length * 2);
      sink.at = 0;
      for (let from = 0; from < whole.length; rows += 1) from = writeRow(sink, whole, from);
      return counted(sink.out.subarray(0, sink.at));
    },
    end() {
      if (rest.length > 0) throw new Error('The rows ended in the middle of one.');
    },
    made: () => ({ rows, bytes }),
  };
}

function joined(rest: Buffer, piece: Buffer): Buffer {
  return rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
}

function writeRow(sink: Sink, source: Buffer, from: number): number {
  const begun = sink.at;
  let at = from;
  for (const { kind, before } of sink.columns) {
    put(sink, before);
    at = kind === 'time' ? writeTime(sink, source, at) : writeCell(sink, source, at, kind);
  }
  if (source[at - 1] !== LF) throw new Error('A row has more columns than were asked for.');
  // A record with one empty field would be an empty line, which readers skip.
  put(sink, sink.isJson ? jsonEnd : sink.at === begun ? emptyRecord : csvEnd);
  return at;
}

function writeCell(sink: Sink, source: Buffer, from: number, kind: ColumnKind): number {
  const { isJson, inside, first } = sink;
  const isRaw = kind === 'number' || (isJson && kind === 'json');
  const isQuoted = isJson && !isRaw;
  const begun = sink.at;
  if (isQuoted) putByte(sink, QUOTE);
  let at = from;
  let isSpecial = !isRaw && first[source[from] as number] === 1;
  for (; ; at += 1) {
    const byte = source[at] as number;
    if (byte === TAB || byte === LF) break;
    if (isRaw ? byte === BACKSLASH : inside[byte] === 1) isSpecial = true;
    if (!isSpecial) putByte(sink, byte);
  }
  if (isSpecial || (!isJson && endsBlank(source, from, at))) {
    sink.at = begun;
    // Most special cells are null.
    if (at === from + 2 && source[from] === BACKSLASH && source[from + 1] === CAPITAL_N) writeValue(sink, null, isRaw);
    else writeValue(sink, copyValue(source.toString('utf8', from, at)), isRaw);
  } else if (isQuoted) putByte(sink, QUOTE);
  return at + 1;
}

/** `2026-11-20 10:00:00.12+00` becomes `2026-11-20T10:00:00.120Z`; the time zone of the connection is UTC. */
function writeTime(sink: Sink, source: Buffer, from: number): number {
  let end = from;
  while (source[end] !== TAB && source[end] !== LF) end += 1;
  // A year beyond 9999, infinity or null: none has its zone at the usual place.
  const digits = end - 3 - (from + SECONDS);
  if (digits < 0 || digits > 4 || source[end - 3] !== PLUS || source[from + DAY] !== SPACE) {
    writeValue(sink, copyValue(source.toString('utf8', from, end)), false);
    return end + 1;
  }
  if (sink.isJson) putByte(sink, QUOTE);
  for (let at = from; at < from + SECONDS; at += 1)
    putByte(sink, at === from + DAY ? CAPITAL_T : (source[at] as number));
  putByte(sink, POINT);
  for (let at = 1; at <= 3; at += 1) putByte(sink, at < digits ? (source[from + SECONDS + at] as number) : ZERO);
  putByte(sink, CAPITAL_Z);
  if (sink.isJson) putByte(sink, QUOTE);
  return end + 1;
}

function writeValue(sink: Sink, value: string | null, isRaw: boolean) {
  if (value === null) return put(sink, sink.isJson ? nullWord : empty);
  put(sink, bytesOf(isRaw ? value : sink.isJson ? JSON.stringify(value) : csvCell(value)));
}

function putByte(sink: Sink, byte: number) {
  if (sink.at === sink.out.length) grow(sink, 1);
  sink.out[sink.at] = byte;
  sink.at += 1;
}

function put(sink: Sink, bytes: Buffer) {
  if (sink.at + bytes.length > sink.out.length) grow(sink, bytes.length);
  for (let index = 0; index < bytes.length; index += 1) sink.out[sink.at + index] = bytes[index] as number;
  sink.at += bytes.length;
}

function grow(sink: Sink, by: number) {
  const larger = Buffer.allocUnsafe((sink.out.length + by) * 2);
  sink.out.copy(larger, 0, 0, sink.at);
  sink.out = larger;
}

function endsBlank(source: Buffer, from: number, to: number): boolean {
  if (to === from) return false;
  const last = source[to - 1] as number;
  if (last < 0x80) return last === SPACE;
  return isWide(source[to - 2]) || (to - 3 >= from && isWide(source[to - 3]));
}

function isWide(byte: number | undefined): boolean {
  return byte !== undefined && wideBlanksAndSigns.includes(byte);
}
