import type { CsvProblemReason } from '@/lib/csv-problems';

/** A bad file, the reason for its refusal, and the row (0 = column names, null = the whole file). */
export type BadFile = { name: string; file: string | Uint8Array; reason: CsvProblemReason; row: number | null };

const bytes = (...parts: Array<string | number[]>) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part)))),
  );
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const good = 'email,name\na@x.example,A\n';

const files: ReadonlyArray<[name: string, file: string | Uint8Array, reason: CsvProblemReason, row: number | null]> = [
  ['nothing', '', 'empty_file', null],
  ['one line break', '\n', 'empty_file', null],
  ['blank lines', '\r\n \r\n\t\r\n', 'empty_file', null],
  ['delimiters only', ',,,\n,,,\n', 'empty_file', null],
  ['byte order mark only', bytes([0xef, 0xbb, 0xbf]), 'empty_file', null],
  ['UTF-16 mark only', bytes([0xff, 0xfe]), 'empty_file', null],
  ['delimiter line only', 'sep=;\n', 'empty_file', null],
  ['header only', 'email,name', 'no_rows', null],
  ['header and line break', 'email,name\r\n', 'no_rows', null],
  ['header and blank rows', 'email,name\n,\n\n  ,\n', 'no_rows', null],
  ['same name twice', 'email,name,email\na,b,c\n', 'duplicate_column', 0],
  ['same name, other case', 'Email,name, EMAIL \na,b,c\n', 'duplicate_column', 0],
  ['same name, full width', 'email,ｅｍａｉｌ\na,b\n', 'duplicate_column', 0],
  ['same name, other blanks', 'first name,"first\n name"\na,b\n', 'duplicate_column', 0],
  ['dangerous name twice', '__proto__,__proto__\na,b\n', 'duplicate_column', 0],
  ['quote open to the end', 'email,name\na,b\nc,"d\ne,f\n', 'unclosed_quote', 2],
  ['quote open at the very end', 'email,name\na,"', 'unclosed_quote', 1],
  ['quote open in the header', 'email,"name\na,b\n', 'unclosed_quote', 0],
  ['quote open after a blank row', 'email,name\n\na,"b', 'unclosed_quote', 2],
  ['escaped quote at the end', 'email,name\na,"b""', 'unclosed_quote', 1],
  ['three quotes open', 'email,name\na,"""b\n', 'unclosed_quote', 1],
  ['quotes inside quotes over rows', 'email,name\na,"Q "Q"",x\nb,c\nd,"e"\n', 'malformed_quotes', 1],
  ['text after a closing quote over rows', 'email,name\na,"b"c\nd,e\nf,"g"\n', 'malformed_quotes', 1],
  ['broken quote in the header', 'email,"na"me"\na,b\n', 'malformed_quotes', 0],
  ['PDF', bytes('%PDF-1.7\n'), 'other_format', null],
  ['XLSX', bytes('PK', [3, 4, 20, 0, 6, 0]), 'other_format', null],
  ['empty ZIP', bytes('PK', [5, 6, 0, 0]), 'other_format', null],
  ['XLS', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'other_format', null],
  ['PNG', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'other_format', null],
  ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'other_format', null],
  ['GIF', bytes('GIF89a'), 'other_format', null],
  ['gzip', bytes([0x1f, 0x8b, 8, 0]), 'other_format', null],
  ['7z', bytes('7z', [0xbc, 0xaf, 0x27, 0x1c]), 'other_format', null],
  ['RTF', '{\\rtf1\\ansi}', 'other_format', null],
  ['HTML', '<!DOCTYPE html><table><tr><td>email</td></tr></table>', 'other_format', null],
  ['HTML after blanks and a mark', '\ufeff \n\n<html><body>Sign in</body></html>', 'other_format', null],
  ['XML', '<?xml version="1.0"?><users/>', 'other_format', null],
  ['UTF-16 little endian without mark', utf16(good), 'utf16_without_mark', null],
  ['UTF-16 big endian without mark', swapped(good), 'utf16_without_mark', null],
  ['UTF-32 little endian', bytes([0xff, 0xfe, 0, 0, 0x65, 0, 0, 0]), 'utf32', null],
  ['UTF-32 big endian', bytes([0, 0, 0xfe, 0xff, 0, 0, 0, 0x65]), 'utf32', null],
  ['NUL in the header', 'em\0ail,name\na,b\n', 'nul_byte', 0],
  ['NUL in row 2', 'email,name\na,b\nc\0,d\n', 'nul_byte', 2],
  ['NUL at the end', `${good}\0`, 'nul_byte', 2],
  ['NUL in UTF-16', bytes([0xff, 0xfe], [...utf16('a,b\n1,\0\n')]), 'nul_byte', 1],
  ['zeros', new Uint8Array(5000), 'nul_byte', 0],
  ['Windows-1252', bytes('email,name\na@x.example,J', [0xf6], 'rg\n'), 'not_utf8', 1],
  ['Windows-1252 in the header', bytes('email,pr', [0xe9], 'nom\na,b\n'), 'not_utf8', 0],
  ['Windows-1252 in row 3', bytes('email,name\na,b\nc,d\ne,', [0xfc], '\n'), 'not_utf8', 3],
  ['cut in a character', bytes('email,name\na,b\nc,d', [0xe2, 0x82]), 'not_utf8', 2],
  ['overlong encoding', bytes('email,name\na,', [0xc0, 0xaf], '\n'), 'not_utf8', 1],
  ['encoded surrogate', bytes('email,name\na,', [0xed, 0xa0, 0x80], '\n'), 'not_utf8', 1],
  ['beyond Unicode', bytes('email,name\na,', [0xf4, 0x90, 0x80, 0x80], '\n'), 'not_utf8', 1],
  ['half a surrogate in UTF-16', bytes([0xff, 0xfe], [...utf16('a,b\n1,\ud800x\n')]), 'not_utf16', 1],
  ['odd length in UTF-16', bytes([0xff, 0xfe], [...utf16('a,b\n1,2\n')], [0x61]), 'not_utf16', 2],
];

export const badFiles: readonly BadFile[] = files.map(([name, file, reason, row]) => ({ name, file, reason, row }));
