/** Why a whole file is refused. Rows that were read before must not be used. */
export type CsvProblemReason =
  | 'empty_file'
  | 'no_rows'
  | 'too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'record_too_long'
  | 'field_too_long'
  | 'duplicate_column'
  | 'unclosed_quote'
  | 'malformed_quotes'
  | 'not_utf8'
  | 'not_utf16'
  | 'utf16_without_mark'
  | 'utf32'
  | 'nul_byte'
  | 'other_format';

/** `row` as in `readCsv`, 0 for the header, null for the whole file. `detail` is a name or a number. */
export type CsvProblem = { reason: CsvProblemReason; row: number | null; detail: string };

/** A problem of one row; the other rows can be used. `column` counts from 0. */
export type CsvRowProblem = {
  reason: 'field_too_long' | 'too_many_columns' | 'malformed_quotes';
  column: number | null;
};

const SAVE = 'Save it as CSV in UTF-8 and upload it again.';

const WORDS: Record<CsvProblemReason, (detail: string) => string> = {
  empty_file: () => 'This file is empty. Upload a file with a line of column names and at least one row.',
  no_rows: () => 'This file has column names and no rows. Add at least one row below them.',
  too_large: (detail) => `This file is larger than ${detail}. Split it and upload the parts one after the other.`,
  too_many_rows: (detail) =>
    `This file has more than ${detail} rows. Split it and upload the parts one after the other.`,
  too_many_columns: (detail) => `This file has more than ${detail} columns. Remove the ones that are not needed.`,
  record_too_long: (detail) =>
    `This row is longer than ${detail} characters. A closing quotation mark or the line breaks may be missing.`,
  field_too_long: (detail) => `A column name is longer than ${detail} characters. Shorten it.`,
  duplicate_column: (detail) => `The column name “${detail}” occurs twice. Rename or remove one of the two columns.`,
  unclosed_quote: () =>
    'A quotation mark opens in this row and never closes. Add the closing mark or remove the opening one.',
  malformed_quotes: () =>
    'The quotation marks in this row do not match, so the rows after it cannot be told apart. Write a quotation mark inside a quoted value twice.',
  not_utf8: () => `This file is not in UTF-8, so some letters would be wrong. ${SAVE}`,
  not_utf16: () => `This file says it is UTF-16 and is not. ${SAVE}`,
  utf16_without_mark: () => `This file is in UTF-16 without its byte order mark. ${SAVE}`,
  utf32: () => `This file is in UTF-32. ${SAVE}`,
  nul_byte: () => `This file contains NUL characters, so it is not text or it is damaged. ${SAVE}`,
  other_format: (detail) => `This is ${detail}, not a CSV file. ${SAVE}`,
};

export function csvProblemText(problem: CsvProblem): string {
  return `${place(problem.row)}${WORDS[problem.reason](problem.detail)}`;
}

export function csvRowProblemText(problem: CsvRowProblem): string {
  if (problem.reason === 'field_too_long')
    return `The value in column ${(problem.column ?? 0) + 1} is too long. Shorten it.`;
  if (problem.reason === 'too_many_columns')
    return 'This row has far more values than there are columns. Remove the surplus.';
  return 'The quotation marks in this row do not match. Write a quotation mark inside a quoted value twice.';
}

function place(row: number | null): string {
  if (row === null) return '';
  return row === 0 ? 'Column names: ' : `Row ${row}: `;
}
