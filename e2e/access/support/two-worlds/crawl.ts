import { type Answer, ask, nameOf, noAnswer, type Request } from './answers';
import { downloadsIn, linksIn, questionsIn } from './links';
import { uuids } from './servers';

/** The requests of a person in the order in which they were sent, with their answers. */
export type Answers = Map<string, { request: Request; answer: Answer }>;

type Asked = { url: string; cookie: string };

type Plan = {
  /** Where it begins: pages, and requests that nothing links to. */
  seeds: Request[];
  /** Typed into each search field. */
  terms: string[];
  /** How many requests of one shape are sent: the same question about another record, or with another value. */
  perShape: number;
  /** Whether a question with another value, not only about another record, is one of the same shape. */
  isShort: boolean;
};

const atOnce = 4;

/**
 * Asks for the seeds and follows what their pages offer: each link, each option of each form that reads, each term in
 * each search field, each format of each download. A page that already answers a question is not asked a second one,
 * only for its next and previous rows.
 */
export async function crawl(asked: Asked, { seeds, terms, ...limits }: Plan): Promise<Answers> {
  const found: Answers = new Map();
  const add = (requests: Request[], isWanted: (request: Request) => boolean) =>
    requests.filter((request) => {
      if (found.has(nameOf(request)) || !isWanted(request)) return false;
      found.set(nameOf(request), { request, answer: noAnswer });
      return true;
    });
  const isWanted = shapeLimit(limits);
  const downloads: Request[] = [];
  let wave = add(seeds, () => true);
  for (const each of wave) isWanted(each);
  while (wave.length > 0) {
    const texts = await askAll(asked, wave, found);
    const next = wave.flatMap((request, n) => {
      const text = texts[n] ?? '';
      if (request.payload || !text.startsWith('<!DOCTYPE html>')) return [];
      downloads.push(...downloadsIn(text, request.path));
      return pagesFrom(request, text, terms);
    });
    wave = add(next, isWanted);
  }
  // Last, because each adds to the audit log.
  await askAll(asked, add(downloads, isWanted), found);
  return found;
}

function shapeLimit({ perShape, isShort }: Pick<Plan, 'perShape' | 'isShort'>) {
  const counts = new Map<string, number>();
  return (request: Request) => {
    const shape = shapeOf(request, isShort);
    const before = counts.get(shape) ?? 0;
    counts.set(shape, before + 1);
    return before < perShape;
  };
}

/** Sends the same requests to another world. */
export async function askAgain(asked: Asked, sent: Answers): Promise<Answers> {
  const found: Answers = new Map([...sent].map(([name, { request }]) => [name, { request, answer: noAnswer }]));
  await askAll(
    asked,
    [...sent.values()].map(({ request }) => request),
    found,
  );
  return found;
}

/** Files are asked for one at a time, because a person may take only two at once. */
async function askAll(asked: Asked, requests: Request[], into: Answers): Promise<string[]> {
  const texts: string[] = [];
  const send = async (request: Request) => {
    const { text, answer } = await ask(asked.url, asked.cookie, request);
    into.set(nameOf(request), { request, answer });
    texts[requests.indexOf(request)] = text;
  };
  const pages = requests.filter(({ fields }) => !fields);
  const next = pages.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const request of next) await send(request);
    }),
  );
  for (const request of requests.filter(({ fields }) => fields)) await send(request);
  return texts;
}

function pagesFrom({ path }: Request, text: string, terms: string[]): Request[] {
  const [page = '', query = ''] = path.split('?');
  const isQuestion = query !== '';
  const links = linksIn(text).filter((href) => {
    const [target, asks = ''] = href.split('?');
    if (target !== page || asks === '') return !isQuestion || asks === '' || target?.endsWith('/export');
    return !isQuestion || /(^|&)(after|before)=/.test(asks);
  });
  const questions = isQuestion ? [] : questionsIn(text, path, terms);
  return [...links, ...questions].map((each) => ({ path: each }));
}

/** The request without its ids and places in a list; if it is short, without any value but the format of a whole file. */
function shapeOf(request: Request, isShort: boolean): string {
  const name = nameOf(request)
    .replaceAll(uuids, 'id')
    .replaceAll(/(after|before)=[^&]*/g, '$1');
  if (!isShort) return name;
  return name.replaceAll(request.path.includes('?') ? /=[^& ]*/g : /=(?!csv|json)[^& ]*/g, '');
}
