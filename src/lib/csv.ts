import Papa from 'papaparse';
import { type CsvEncoding, type DecodedPiece, decodeText } from './csv-decode';
import type { CsvProblem, CsvProblemReason, CsvRowProblem } from './csv-problems';
import { type CsvLimits, csvLimits } from './limits';

type CsvDelimiter = ',' | ';' | '\t' | '|';

export type CsvEvent =
  | { kind: 'header'; fields: string[]; delimiter: CsvDelimiter; encoding: CsvEncoding }
  | { kind: 'row'; row: number; fields: string[]; problem: CsvRowProblem | null }
  | { kind: 'end'; rows: number; bytes: number }
  | { kind: 'problem'; problem: CsvProblem };

const DELIMITERS: readonly CsvDelimiter[] = [',', ';', '\t', '|'];
const GUESS_ROWS = 10;
const ONLY_DELIMITERS = /^[\s,;|]*$/;
// Spreadsheets write this line to name the delimiter; it is no row.
const DELIMITER_LINE = /^"?sep=([,;\t|])"?\n/i;
const ABOUT_THE_FILE = new Set<CsvProblemReason>(['too_large', 'other_format', 'utf16_without_mark', 'utf32']);

type Reader = {
  limits: CsvLimits;
  encoding: CsvEncoding;
  delimiter: CsvDelimiter | null;
  hasHeader: boolean;
  rest: string;
  /** Parse again at this length. It doubles, so that a long hostile row is not parsed again for every block. */
  parseAt: number;
  row: number;
  rows: number;
};

/**
 * RFC 4180 and its variants from spreadsheets. After a `problem` nothing follows, and everything read must be dropped.
 * The content never makes it throw; errors of the source do. Memory stays flat. Rows count from 1 after the header;
 * blank ones are skipped but counted, so that row n is row n + 1 of the spreadsheet. The guard of exports is removed.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  limits: Partial<CsvLimits> = {},
): AsyncGenerator<CsvEvent, void, undefined> {
  const reader = newReader({ ...csvLimits, ...limits });
  let bytes = 0;
  for await (const piece of decodeText(source, reader.limits.maxBytes)) {
    bytes = piece.bytes;
    for (const event of take(reader, piece)) {
      yield event;
      if (event.kind === 'problem') return;
    }
  }
  for (const event of takeRest(reader)) {
    yield event;
    if (event.kind === 'problem') return;
  }
  yield { kind: 'end', rows: reader.rows, bytes };
}

function newReader(limits: CsvLimits): Reader {
  return { limits, encoding: 'utf-8', delimiter: null, hasHeader: false, rest: '', parseAt: 0, row: 0, rows: 0 };
}

function* take(reader: Reader, piece: DecodedPiece): Generator<CsvEvent> {
  reader.encoding = piece.encoding;
  reader.rest += piece.text;
  if (piece.problem === null && reader.rest.length < reader.parseAt) return;
  yield* parse(reader, false);
  reader.parseAt = Math.min(reader.rest.length * 2, reader.limits.maxRecordChars + 1);
  if (piece.problem !== null) {
    const { reason, detail } = piece.problem;
    yield refusal(reason, ABOUT_THE_FILE.has(reason) ? null : nextRow(reader), detail);
  } else if (reader.rest.length > reader.limits.maxRecordChars) {
    yield refusal('record_too_long', nextRow(reader), String(reader.limits.maxRecordChars));
  }
}

function* takeRest(reader: Reader): Generator<CsvEvent> {
  // Without the line end, the parser takes blanks after the last closing quotation mark for a broken value.
  if (reader.rest !== '' && !reader.rest.endsWith('\n')) reader.rest += '\n';
  yield* parse(reader, true);
  if (!reader.hasHeader) yield refusal('empty_file', null);
  else if (reader.rows === 0) yield refusal('no_rows', null);
}

function* parse(reader: Reader, isLast: boolean): Generator<CsvEvent> {
  reader.delimiter ??= namedDelimiter(reader);
  const delimiter = reader.delimiter ?? guessDelimiter(reader.rest);
  const parsed = parseRecords(reader.rest, delimiter, isLast);
  reader.rest = reader.rest.slice(parsed.end);
  for (const [index, fields] of parsed.records.entries()) {
    const quotes = parsed.quotes.get(index) ?? null;
    const event = reader.hasHeader ? rowEvent(reader, fields, quotes) : headerEvent(reader, fields, quotes, delimiter);
    if (event !== null) yield event;
  }
  // Before the header is complete the guess is based on a part of it, so it is repeated with more data.
  if (reader.hasHeader) reader.delimiter = delimiter;
}

type Quotes = 'unclosed_quote' | 'malformed_quotes';
type Records = { records: string[][]; quotes: Map<number, Quotes>; end: number };

function parseRecords(text: string, delimiter: CsvDelimiter, isLast: boolean): Records {
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
  const result: Papa.ParseResult<string[]> = parser.parse(text, 0, !isLast);
  const quotes = new Map<number, Quotes>();
  for (const error of result.errors) {
    // Errors beyond the last record belong to the incomplete one, which is parsed again.
    quotes.set(error.row ?? 0, error.code === 'MissingQuotes' ? 'unclosed_quote' : 'malformed_quotes');
  }
  return { records: result.data, quotes, end: isLast ? text.length : result.meta.cursor };
}

function namedDelimiter(reader: Reader): CsvDelimiter | null {
  const line = DELIMITER_LINE.exec(reader.rest);
  if (line === null) return null;
  reader.rest = reader.rest.slice(line[0].length);
  return DELIMITERS.find((delimiter) => delimiter === line[1]) ?? null;
}

function guessDelimiter(text: string): CsvDelimiter {
  const scores = DELIMITERS.map((delimiter) => {
    const { records } = parseRecords(text, delimiter, false);
    const first = records
      .filter((fields) => !fields.every((field) => ONLY_DELIMITERS.test(field)))
      .slice(0, GUESS_ROWS);
    const width = first[0]?.length ?? 0;
    const alike = first.filter((fields) => fields.length === width).length;
    // One column means that it splits nothing, which is no better than no row.
    return width > 1 ? { delimiter, width, alike } : { delimiter, width: 0, alike: 0 };
  });
  scores.sort((a, b) => b.alike - a.alike || b.width - a.width);
  return scores[0]?.delimiter ?? ',';
}

function headerEvent(
  reader: Reader,
  fields: string[],
  quotes: Quotes | null,
  delimiter: CsvDelimiter,
): CsvEvent | null {
  if (isBlank(fields)) return null;
  const { maxColumns, maxFieldChars } = reader.limits;
  if (lengthOf(fields) > reader.limits.maxRecordChars)
    return refusal('record_too_long', 0, String(reader.limits.maxRecordChars));
  if (quotes !== null) return refusal(quotes, 0);
  if (fields.length > maxColumns) return refusal('too_many_columns', 0, String(maxColumns));
  const names = fields.map((field) => unguardCell(field.replace(/\s+/g, ' ').trim()));
  if (names.some((name) => name.length > maxFieldChars)) return refusal('field_too_long', 0, String(maxFieldChars));
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.normalize('NFKC').toLowerCase();
    if (key !== '' && seen.has(key)) return refusal('duplicate_column', 0, name.slice(0, 80));
    seen.add(key);
  }
  reader.hasHeader = true;
  return { kind: 'header', fields: names, delimiter, encoding: reader.encoding };
}

function rowEvent(reader: Reader, fields: string[], quotes: Quotes | null): CsvEvent | null {
  const { limits } = reader;
  const row = nextRow(reader);
  reader.row = row;
  if (row > limits.maxRowNumber) return refusal('too_many_rows', row, String(limits.maxRowNumber));
  if (isBlank(fields)) return null;
  reader.rows += 1;
  if (reader.rows > limits.maxRows) return refusal('too_many_rows', row, String(limits.maxRows));
  if (lengthOf(fields) > limits.maxRecordChars) return refusal('record_too_long', row, String(limits.maxRecordChars));
  // A value with broken quotation marks that contains a line break has most likely swallowed the rows after it.
  const swallowed = quotes === 'malformed_quotes' && fields.some((field) => field.includes('\n'));
  if (quotes === 'unclosed_quote' || swallowed) return refusal(quotes, row);
  return { kind: 'row', row, ...fitted(fields, quotes !== null, limits) };
}

function fitted(fields: string[], hasBadQuotes: boolean, limits: CsvLimits) {
  const long = fields.findIndex((field) => field.length > limits.maxFieldChars);
  const kept = fields.slice(0, limits.maxColumns).map((field) => unguardCell(field.slice(0, limits.maxFieldChars)));
  let problem: CsvRowProblem | null = null;
  if (fields.length > limits.maxColumns) problem = { reason: 'too_many_columns', column: null };
  else if (long >= 0) problem = { reason: 'field_too_long', column: long };
  else if (hasBadQuotes) problem = { reason: 'malformed_quotes', column: null };
  return { fields: kept, problem };
}

function lengthOf(fields: readonly string[]): number {
  return fields.reduce((sum, field) => sum + field.length, fields.length);
}

function nextRow(reader: Reader): number {
  return reader.hasHeader ? reader.row + 1 : 0;
}

function isBlank(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '');
}

function refusal(reason: CsvProblemReason, row: number | null, detail = ''): CsvEvent {
  return { kind: 'problem', problem: { reason, row, detail } };
}

export type CsvValue = string | number | boolean | Date | null | undefined;

/** Starts a file for Excel, which would otherwise read UTF-8 in another encoding. */
export const csvBom = '\ufeff';

// Matches the start of a cell (for any delimiter that a program may use) before a sign that makes it a formula. The
// class before the sign includes the guard itself, which makes guarding reversible: ' becomes '' and back.
const GUARD = /(?<=^|[,;|"\t\r\n])(?=(?:[^\S\t\r\n]|')*[=+\-@＝＋－＠\t\r\n\0])/g;
const GUARDED = /(?<=^|[,;|"\t\r\n])'(?=(?:[^\S\t\r\n]|')*[=+\-@＝＋－＠\t\r\n\0])/g;

/** RFC 4180, times in ISO 8601 (UTC), and an apostrophe before formulas (OWASP, CSV injection), even phone numbers. */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  const guarded = value.replace(/\r\n?/g, '\n').replace(GUARD, "'");
  return /[",;|\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export function csvLine(values: readonly CsvValue[]): string {
  const line = values.map(csvCell).join(',');
  return `${line === '' && values.length > 0 ? '""' : line}\r\n`;
}

/** A file from elsewhere with a real apostrophe before = + - @ loses it; no such names are known. */
export function unguardCell(value: string): string {
  return value.includes("'") ? value.replace(GUARDED, '') : value;
}
