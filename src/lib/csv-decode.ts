import type { CsvProblemReason } from './csv-problems';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** `text` only has LF line ends. A piece with a `problem` is the last, with the text that was readable before it. */
export type DecodedPiece = {
  text: string;
  encoding: CsvEncoding;
  bytes: number;
  problem: { reason: CsvProblemReason; detail: string } | null;
};

const BLOCK = 64 * 1024;
const MEGABYTE = 1024 * 1024;

/** Pieces of about 64 KB, read on demand: UTF-8 with or without a byte order mark, UTF-16 with one, or a problem. */
export async function* decodeText(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<DecodedPiece> {
  let bytes = 0;
  let decoder: Decoder | null = null;
  for await (const block of blocksOf(source)) {
    bytes += block.length;
    const foreign = decoder === null ? sniff(block) : null;
    if (foreign !== null) return yield { text: '', encoding: 'utf-8', bytes, problem: foreign };
    decoder ??= newDecoder(encodingOf(block));
    const piece = decoder.decode(block);
    const problem = bytes > maxBytes ? { reason: 'too_large' as const, detail: sizeText(maxBytes) } : piece.problem;
    yield { text: piece.text, encoding: decoder.encoding, bytes, problem };
    if (problem !== null) return;
  }
  if (decoder !== null) yield { ...decoder.decode(null), encoding: decoder.encoding, bytes };
}

/** Blocks of a steady size: tiny ones would make the reader restart too often, huge ones would fill the memory. */
async function* blocksOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; from += BLOCK) {
      const part = chunk.subarray(from, from + BLOCK);
      // The source may reuse its buffer for the next chunk.
      waiting.push(part.length === BLOCK ? part : part.slice());
      size += part.length;
      if (size < BLOCK) continue;
      yield joined(waiting, size);
      waiting = [];
      size = 0;
    }
  }
  if (size > 0) yield joined(waiting, size);
}

function joined(parts: Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function encodingOf(block: Uint8Array): CsvEncoding {
  if (startsWith(block, [0xff, 0xfe])) return 'utf-16le';
  return startsWith(block, [0xfe, 0xff]) ? 'utf-16be' : 'utf-8';
}

type Decoder = { encoding: CsvEncoding; decode(block: Uint8Array | null): Pick<DecodedPiece, 'text' | 'problem'> };

function newDecoder(encoding: CsvEncoding): Decoder {
  const strict = new TextDecoder(encoding, { fatal: true });
  // The strict decoder does not say where an error was; the lenient one marks the place with U+FFFD.
  const lenient = new TextDecoder(encoding);
  const lineEnds = newLineEnds();
  const reason: CsvProblemReason = encoding === 'utf-8' ? 'not_utf8' : 'not_utf16';

  function decode(block: Uint8Array | null) {
    const marked = block === null ? lenient.decode() : lenient.decode(block, { stream: true });
    try {
      const text = block === null ? strict.decode() : strict.decode(block, { stream: true });
      const nul = text.indexOf('\0');
      if (nul < 0) return { text: lineEnds(text, block === null), problem: null };
      return { text: lineEnds(text.slice(0, nul), false), problem: { reason: 'nul_byte' as const, detail: '' } };
    } catch {
      return { text: lineEnds(marked.slice(0, marked.indexOf('\ufffd')), false), problem: { reason, detail: '' } };
    }
  }
  return { encoding, decode };
}

/** CRLF and lone CR become LF, even when a CRLF is split in two, so that mixed line ends cannot merge or split rows. */
function newLineEnds(): (text: string, isLast: boolean) => string {
  let carry = '';
  return (text, isLast) => {
    const whole = carry + text;
    carry = !isLast && whole.endsWith('\r') ? '\r' : '';
    const ready = carry === '' ? whole : whole.slice(0, -1);
    return ready.includes('\r') ? ready.replace(/\r\n?/g, '\n') : ready;
  };
}

const SIGNATURES: ReadonlyArray<{ bytes: readonly number[]; detail: string }> = [
  { bytes: [0x25, 0x50, 0x44, 0x46], detail: 'a PDF document' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], detail: 'a spreadsheet workbook or a ZIP archive' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], detail: 'a ZIP archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], detail: 'an older Office document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], detail: 'an image' },
  { bytes: [0xff, 0xd8, 0xff], detail: 'an image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], detail: 'an image' },
  { bytes: [0x1f, 0x8b], detail: 'a compressed file' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], detail: 'a compressed file' },
  { bytes: [0x52, 0x61, 0x72, 0x21], detail: 'a compressed file' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], detail: 'a text document' },
];

/** Runs before decoding, because most other formats are not UTF-8 and would be reported as damaged. */
function sniff(head: Uint8Array): DecodedPiece['problem'] {
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff]))
    return { reason: 'utf32', detail: '' };
  const known = SIGNATURES.find((signature) => startsWith(head, signature.bytes));
  if (known !== undefined) return { reason: 'other_format', detail: known.detail };
  if (encodingOf(head) !== 'utf-8') return null;
  if (everySecondIsNul(head.subarray(0, 64))) return { reason: 'utf16_without_mark', detail: '' };
  const start = new TextDecoder().decode(head.subarray(0, 1024));
  return /^\s*<[!?a-z]/i.test(start) ? { reason: 'other_format', detail: 'a web page or XML document' } : null;
}

/** ASCII text in UTF-16: nearly all bytes of one half are zero, and none of the other. */
function everySecondIsNul(head: Uint8Array): boolean {
  const nuls = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  return Math.min(even, odd) === 0 && Math.max(even, odd) >= Math.max(2, head.length / 4);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function sizeText(bytes: number): string {
  return bytes >= MEGABYTE ? `${Math.floor(bytes / MEGABYTE)} MB` : `${bytes} bytes`;
}
