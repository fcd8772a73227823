const maxCauses = 4;

/** Names, codes, messages and stack of an error and its causes, for the log, without the values that a message quotes. */
export function errorText(error: unknown): string {
  const parts: string[] = [];
  for (let at = error, n = 0; n < maxCauses && at !== undefined && at !== null; n += 1) {
    parts.push(`${n === 0 ? '' : 'caused by '}${headOf(at)}${framesOf(at)}`);
    at = at instanceof Error ? at.cause : undefined;
  }
  return parts.join('\n');
}

/** A sentence from a library or a server without the values in it. */
export function withoutValues(message: string): string {
  return message
    .slice(0, 2000)
    .replace(/(["“])(?:(?!["”]).)*["”]/gs, '"…"')
    .replace(/(?<=^|[\s(:])(?<!\((?:reading|setting) )'[^']*'/g, "'…'")
    .replace(/\(([\w", ]+)\)=\(.*\)/gs, '($1)=(…)')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '…')
    .replace(/\S*[@%]\S*/g, '…')
    .replace(/(^|[\s(:])\/\S*/g, '$1…')
    .replace(/(?=\w*\d)[\w+-]{16,}/g, '…')
    .slice(0, 500);
}

function headOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`;
  const { code } = error as { code?: unknown };
  const known = typeof code === 'string' && /^\w{1,40}$/.test(code) ? ` [${code}]` : '';
  const name = /^\w{1,60}$/.test(error.name) ? error.name : 'Error';
  return `${name}${known}${aboutValues.test(name) ? '' : `: ${messageOf(error)}`}`;
}

// What these say is about a value, and often repeats it without quotes: "Cannot convert x to a BigInt".
const aboutValues = /^(SyntaxError|RangeError|URIError|ZodError)$/;

function messageOf({ message }: Error): string {
  const state = sqlState(message);
  // Class 42: a table, column or function is missing. It quotes names from our own statements, which have no values.
  if (state?.startsWith('42')) return message.replace(/\s+/g, ' ').slice(0, 500);
  // Vendors put the values they were given after these words, without quotes.
  return withoutValues(message.replace(/\b(URL from|invocation|input|received)\b.*/gis, '$1 …'));
}

function sqlState(message: string): string | undefined {
  return /Code: `([0-9A-Z]{5})`/.exec(message)?.[1];
}

/** A message of several lines may have one that looks like a frame, so the message is cut off first. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return '';
  const at = error.message === '' ? -1 : error.stack.indexOf(error.message);
  const rest = at < 0 ? error.stack : error.stack.slice(at + error.message.length);
  const frames = rest.split('\n').filter((line) => /^\s+at [^"'`]{1,300}$/.test(line));
  return frames.map((line) => `\n${line}`).join('');
}
