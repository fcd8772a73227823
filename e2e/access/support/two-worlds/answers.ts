import { uuids } from './servers';

/** What is sent. `fields` make it a POST of a form; `payload` asks for the page as client-side navigation does. */
export type Request = { path: string; fields?: [name: string, value: string][]; payload?: true };

/** An answer without what differs by chance: the server's address and the nonce. */
export type Answer = { status: number; plain: string; type: string };

export const noAnswer: Answer = { status: 0, plain: '', type: '' };

export const nameOf = ({ path, fields, payload }: Request) =>
  `${path}${fields ? ` ← ${new URLSearchParams(fields)}` : ''}${payload ? ' (payload)' : ''}`;

/** Sends it and also returns the raw text, for links to follow. */
export async function ask(url: string, cookie: string, request: Request) {
  const { path, fields, payload } = request;
  const response = await fetch(new URL(path, url), {
    method: fields ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { cookie, ...(fields && { origin: url }), ...(payload && { rsc: '1' }) },
    ...(fields && { body: new URLSearchParams(fields) }),
    signal: AbortSignal.timeout(30_000),
  });
  const body = await response.arrayBuffer().catch((cause: unknown) => {
    throw new Error(`${nameOf(request)} broke off.`, { cause });
  });
  const text = Buffer.from(body).toString('utf8');
  return { text, answer: normalise(response, text, url) };
}

const shown = ['location', 'x-action-redirect', 'content-type', 'content-disposition'];

export function normalise(
  { headers, status }: Pick<Response, 'headers' | 'status'>,
  body: string,
  url: string,
): Answer {
  const head = shown.flatMap((name) => (headers.has(name) ? [`${name}: ${headers.get(name)}`] : []));
  const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1];
  const text = [...head, '', withoutEnds(body)].join('\n').replaceAll(url, publicUrl);
  return { status, plain: nonce ? text.replaceAll(nonce, 'nonce') : text, type: headers.get('content-type') ?? '' };
}

/** The event that a download has ended is written after its last byte, so the next file may not have it yet. */
const withoutEnds = (body: string) =>
  body.includes('export_ended') ? body.replaceAll(/^.*export_ended.*\n/gm, '') : body;

/** As long as a server's address: a payload contains lengths. */
const publicUrl = 'http://rollcall.house';

/** The lines to compare when two answers are not the same: new ids are numbered, and rows of a payload sorted. */
export function linesOf({ type, plain }: Answer, knownIds: Set<string>): string[] {
  const isPayload = type.startsWith('text/x-component');
  const [text, payload] = type.startsWith('text/html') ? split(plain) : isPayload ? ['', plain] : [plain, ''];
  const numberIds = idNumbers(knownIds);
  const opened = (line: string) => numberIds(withOpenCursors(line));
  const lines = type.startsWith('text/html') ? tagsOf(text) : text.split('\n');
  return [...lines.map(opened), ...rowsOf(payload).map(opened).sort().flatMap(cutForReading)];
}

/** One line for each tag and each text. React numbers the fields of its forms in the order in which they were ready. */
function tagsOf(markup: string): string[] {
  const tags = markup.split(/(?=<)|(?<=>)/).filter((part) => part.trim() !== '' && part !== '<!-- -->');
  const isOfReact = (tag: string) => tag.startsWith('<input type="hidden" name="$ACTION_');
  const fields = tags.filter(isOfReact).map((tag) => tag.replace(/\$ACTION_(REF_)?\d+/, '$ACTION'));
  return [...tags.filter((tag) => !isOfReact(tag)), ...fields.sort()];
}

/** Takes the payload, which is the page as data, out of the scripts of a page. */
function split(page: string): [markup: string, payload: string] {
  let payload = '';
  const markup = page.replaceAll(
    /<script[^>]*>self\.__next_f\.push\((\[1,.*?\])\)<\/script>/gs,
    (_, pushed: string) => {
      payload += (JSON.parse(pushed) as [number, string])[1];
      return '';
    },
  );
  return [markup, payload];
}

/**
 * The rows of a payload without their numbers, which depend on what was ready first, as their order does. A row of text
 * says its length in bytes; any other ends with the line.
 */
function rowsOf(payload: string): string[] {
  const rows: string[] = [];
  let rest = Buffer.from(payload);
  while (rest.length > 0) {
    const text = /^[0-9a-f]*:T([0-9a-f]+),/.exec(rest.subarray(0, 40).toString('latin1'));
    const newline = rest.indexOf('\n');
    const end = text ? text[0].length + Number.parseInt(text[1] ?? '', 16) : newline < 0 ? rest.length : newline + 1;
    const row = rest.subarray(0, end).toString('utf8');
    rows.push(
      row
        .trim()
        .replace(/^[0-9a-f]*:/, '')
        .replaceAll(/"\$[A-Za-z@]?[0-9a-f]+(?=[":])/g, '"$')
        // Next gives the titles of the page behind a redirect a random key.
        .replaceAll(/"[\w-]{21}(?=[vm]")/g, '"'),
    );
    rest = rest.subarray(end);
  }
  return rows;
}

const cutForReading = (row: string) => row.split(/(?<=[,{[])(?=")/);

/** A cursor is a place in a list, written as base64url of a JSON list. */
function withOpenCursors(text: string): string {
  return text.replaceAll(/\bWy[\w-]{20,}/g, (cursor) => {
    const opened = Buffer.from(cursor, 'base64url').toString('utf8');
    return opened.endsWith(']') ? opened : cursor;
  });
}

/** Pages name some records by the end of their id. */
const shortChars = 6;

function idNumbers(knownIds: Set<string>) {
  const numbers = new Map<string, number>();
  return (text: string) => {
    const numbered = text.replaceAll(uuids, (id) => {
      if (knownIds.has(id)) return id;
      const known = numbers.get(id) ?? numbers.size + 1;
      numbers.set(id, known).set(id.slice(-shortChars), known);
      return `new id ${known}`;
    });
    return numbered.replaceAll(/\b[0-9a-f]{6}\b/g, (end) => (numbers.has(end) ? `new id ${numbers.get(end)}` : end));
  };
}
