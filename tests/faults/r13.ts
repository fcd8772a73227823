import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makePerson } from '@tests/support/sign-in';
import { startWeb } from '../../e2e/access/support/server-process';
import type { Fault } from './fault';
import { hostileBodies, sendHostileBodies } from './support/hostile-bodies';
import { makeValidator, type Validator } from './support/judge';
import { generate, handList, type MalformedFile } from './support/malformed';
import { openPlace, type Place } from './support/place';
import { makeVisitor, type Visitor } from './support/visitor';

const fullSizeMs = 2_000;
/** Other tests slow the machine down, so a partial run only catches a file that takes far too long. */
const partMs = 10_000;
const maxMegabytes = 300;
const lanes = 3;

/** Uploads over HTTP to a production build; the worker's own code then validates the rows in this process. */
export const r13: Fault = {
  id: 'R13',
  what: '10,000 malformed CSVs, generated and from a hand list, each from the upload to the result of every row',
  mustHold: 'no 5xx, < 2 s and < 300 MB each, every refusal names row and reason',
  async run({ share, say }) {
    const place = await openPlace('R13');
    const url = place.settings.PUBLIC_URL ?? '';
    const tree = path.resolve(process.env.FAULTS_TREE ?? '.');
    const web = await startWeb(tree, place.settings, path.join(place.directory, 'web.log'));
    try {
      const validator = makeValidator(place.db);
      const visitors = await Promise.all(Array.from({ length: lanes }, () => signIn(place, url)));
      const [first] = visitors;
      if (first) await warmUp(first, validator);
      const memories = { web: watchMemory(web.pid), worker: watchMemory(process.pid) };
      const beginFile = () => {
        for (const memory of Object.values(memories)) memory.restart();
      };
      const listed = handList();
      const files = [...listed, ...generate(Math.max(60, Math.round(10_000 * share) - listed.length))];
      const maxMs = share < 1 ? partMs : fullSizeMs;
      const found = await runAll(files, { large: listed.length, maxMs }, visitors, validator, beginFile, say);
      const broken = [...found.broken, ...(await sendHostileBodies(url, visitors[0]?.email ?? '', beginFile))];
      beginFile();
      const above = { web: memories.web.most(), worker: memories.worker.most() };
      for (const [name, megabytes] of Object.entries(above))
        if (!(megabytes < maxMegabytes))
          broken.push(`The ${name} process took ${megabytes.toFixed(0)} MB for one file.`);
      const words = readFileSync(path.join(place.directory, 'web.log'), 'utf8');
      if (words.includes('"event":"bug"')) broken.push(`The web process logged a bug: ${words.slice(-500)}`);
      const took = `${above.web.toFixed(0)} MB (web), ${above.worker.toFixed(0)} MB (worker)`;
      const note = `${found.refused} refused whole, ${found.checked} checked row by row; the slowest, ${found.slowest}; at most ${took}`;
      return { runs: files.length + hostileBodies, broken, note };
    } finally {
      await web.stop();
      await place.close();
    }
  },
};

type Uploader = { actorId: string; email: string; visitor: Visitor };

async function signIn(place: Place, url: string): Promise<Uploader> {
  const person = await makePerson(place.db);
  const role = await place.db.role.findUniqueOrThrow({ where: { key: 'system-admin' } });
  await place.db.userRole.create({ data: { userId: person.id, roleId: role.id } });
  const visitor = makeVisitor(url);
  await visitor.signIn(person.email);
  return { actorId: person.id, email: person.email, visitor };
}

/** The first file also loads modules and opens connections, which must not count as its cost. */
async function warmUp(uploader: Uploader, validator: Validator) {
  const bytes = new Uint8Array(Buffer.from('email\nada@example.com'));
  const tried = await tryFile({ name: 'a valid file', bytes }, uploader, validator);
  if (tried.broken.length > 0) throw new Error(tried.broken.join(' '));
}

/** Runs the large files first, one at a time, because the limits are per file. */
async function runAll(
  files: MalformedFile[],
  { large, maxMs }: { large: number; maxMs: number },
  uploaders: Uploader[],
  validator: Validator,
  beginFile: () => void,
  say: (line: string) => void,
) {
  const all = { broken: [] as string[], refused: 0, checked: 0, slowest: '', ms: 0 };
  const slow: MalformedFile[] = [];
  let isAlone = true;
  const keep = (file: MalformedFile, { broken, isRefused }: Tried) => {
    all.broken.push(...broken.map((sentence) => `${file.name}: ${sentence}`));
    if (isRefused) all.refused += 1;
    else all.checked += 1;
    // Small files run in parallel, so memory is measured per hundred of them.
    if (!isAlone && (all.refused + all.checked) % 100 === 0) beginFile();
    if ((all.refused + all.checked) % 1_000 === 0) say(`${all.refused + all.checked} files`);
  };
  const time = (file: MalformedFile, ms: number) => {
    if (ms > all.ms) Object.assign(all, { ms, slowest: `${file.name}, took ${(ms / 1000).toFixed(2)} s` });
  };
  const work = async (uploader: Uploader, waiting: Iterable<MalformedFile>) => {
    for (const file of waiting) {
      if (isAlone) beginFile();
      const tried = await tryFile(file, uploader, validator);
      keep(file, tried);
      if (tried.ms > maxMs) slow.push(file);
      else time(file, tried.ms);
    }
  };
  for (const uploader of uploaders.slice(0, 1)) await work(uploader, files.slice(0, large));
  beginFile();
  isAlone = false;
  const small = files.slice(large).values();
  await Promise.all(uploaders.map((uploader) => work(uploader, small)));
  for (const file of slow) {
    const ms = await quickest(file, maxMs, uploaders[0], validator);
    time(file, ms);
    if (ms > maxMs) all.broken.push(`${file.name}: It took ${(ms / 1000).toFixed(1)} s, alone and at best.`);
  }
  return all;
}

/** The best of up to four runs alone, because other files or the machine may have slowed the first one down. */
async function quickest(
  file: MalformedFile,
  maxMs: number,
  uploader: Uploader | undefined,
  validator: Validator,
): Promise<number> {
  if (!uploader) return Number.NaN;
  let best = Number.POSITIVE_INFINITY;
  for (let at = 0; at < 4 && best > maxMs; at += 1)
    best = Math.min(best, (await tryFile(file, uploader, validator)).ms);
  return best;
}

type Tried = { broken: string[]; isRefused: boolean; ms: number };

async function tryFile(file: MalformedFile, { actorId, visitor }: Uploader, validator: Validator): Promise<Tried> {
  const form = new FormData();
  form.set('file', new Blob([file.bytes as Uint8Array<ArrayBuffer>]), 'people.csv');
  const answer = await visitor.visit('/api/imports', form);
  const id = /\/imports\/([0-9a-f-]{36})$/.exec(answer.location ?? '')?.[1];
  if (answer.status !== 303 || id === undefined) {
    const sentence = `The upload answered ${answer.status} ${answer.location ?? answer.text.slice(0, 100)}.`;
    return { broken: [sentence], isRefused: true, ms: answer.ms };
  }
  const { broken, isRefused, ms } = await validator.follow(id, actorId, file.bytes);
  // A person may upload twenty files an hour, and this one uploads thousands.
  await validator.forget(id);
  return { broken, isRefused, ms: answer.ms + ms };
}

/** In MB, from /proc; 0 where there is none. */
function memoryOf(pid: number, line = 'VmRSS'): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(readFileSync(file, 'utf8'))?.[1]) / 1024;
}

/** Measures how far memory rises above its level at the last `restart`. `most` is the largest rise so far, in MB. */
function watchMemory(pid: number) {
  const peaks = `/proc/${pid}/clear_refs`;
  let before = Number.POSITIVE_INFINITY;
  let most = 0;
  const restart = () => {
    most = Math.max(most, memoryOf(pid, 'VmHWM') - before);
    if (existsSync(peaks)) writeFileSync(peaks, '5');
    before = memoryOf(pid);
  };
  restart();
  return { restart, most: () => most };
}
