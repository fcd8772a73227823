import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { guessedForm } from '@/features/imports/details.queries';
import { recordUpload } from '@/features/imports/staging.service';
import { confirmImport, prepareImport } from '@/features/imports/steps.service';
import { receiveUpload } from '@/features/imports/upload.service';
import { newId } from '@/lib/ids';
import { db } from '@/server/db/shared';
import { type Writes, writesOn } from '@/server/db/statements';
import { makeCan } from '@/server/handle';
import { jobRegistry } from '@/server/job';
import { unitAs } from '@/server/operator';
import { principalOfUser } from '@/server/principal';
import type { Can } from '@/server/work';
import '@/handlers';

/**
 * Runs the measured steps in their own process: `upload` is what the web process does with a posted file, `prepare` and
 * `apply` are the worker's jobs. The benchmark sends an order and gets back how long it took.
 */
export type Order = {
  /** The import's id; for `upload`, the path of the file. */
  id: string;
  what: 'upload' | 'choose' | 'prepare' | 'confirm' | 'apply';
};
export type Done = { id: string; ms: number; error?: string };

const [actorId = ''] = process.argv.slice(2);

process.on('message', (order: Order) => void execute(order));
process.on('disconnect', () => process.exit(0));
process.send?.({ id: '', ms: 0 } satisfies Done);

async function execute(order: Order) {
  try {
    const begun = performance.now();
    const id = (await steps[order.what](order.id)) ?? order.id;
    process.send?.({ id, ms: performance.now() - begun } satisfies Done);
  } catch (error) {
    process.send?.({ id: order.id, ms: 0, error: String(error instanceof Error ? error.stack : error) } satisfies Done);
  }
}

const steps: Record<Order['what'], (id: string) => Promise<string | undefined>> = {
  upload,
  choose: async (id) => {
    const form = await guessedForm(await handle(), id);
    await unitAs('bench', actorId, 'users.import', (work) => prepareImport(work, form));
    return id;
  },
  prepare: work('imports.validate'),
  confirm: async (id) => {
    const plan = await db().plan.findUniqueOrThrow({ where: { id } });
    const hash = Buffer.from(plan.hash ?? []).toString('hex');
    await unitAs('bench', actorId, 'users.import', (work) => confirmImport(work, id, hash));
    return id;
  },
  apply: work('imports.apply'),
};

async function upload(file: string) {
  const staged = await receiveUpload(await handle(), posted(file));
  await unitAs('bench', actorId, 'users.import', (unit) => recordUpload(unit, staged));
  if (staged.problem !== null) throw new Error(staged.problem);
  return staged.id;
}

function work(queue: string) {
  return async (id: string) => {
    await jobRegistry.get(queue)?.handle({ id });
    return id;
  };
}

async function handle(): Promise<Can<'users.import'> & Writes> {
  const principal = await principalOfUser(db(), actorId);
  if (!principal) throw new Error("The benchmark's user cannot sign in.");
  const request = { id: newId(), ip: null, userAgent: null, path: '/api/imports' };
  return { ...makeCan(db(), principal, request), ...writesOn(db()) };
}

/** The upload page's form as a browser posts it, streamed from the disk. */
function posted(path: string): Request {
  const boundary = 'boundary-of-the-benchmark';
  async function* body() {
    yield Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n`,
    );
    yield* createReadStream(path);
    yield Buffer.from(`\r\n--${boundary}--\r\n`);
  }
  return new Request('http://127.0.0.1/api/imports', {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Readable.toWeb(Readable.from(body())) as ReadableStream<Uint8Array>,
    duplex: 'half',
  } as RequestInit);
}
