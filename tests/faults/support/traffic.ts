import { setTimeout as sleep } from 'node:timers/promises';
import { asForm, makeVisitor, type Visit } from './visitor';

export type Traffic = Awaited<ReturnType<typeof makeTraffic>>;

const readPaths = ['/users', '/', '/invitations', '/users?q=first', '/api/palette?q=first', '/sign-in'];
const tooLongMs = 12_000;

/** Readers and writers that continue after any answer and record what was acknowledged. */
export async function makeTraffic(url: string, email: string) {
  const visitor = makeVisitor(url);
  await visitor.signIn(email);
  const hidden = await visitor.hiddenFields('/users/new', 'email');
  const acknowledged: string[] = [];
  const complaints = new Map<string, number>();
  const figures = { answers: 0, unavailable: 0, longestMs: 0 };
  let isStopped = false;
  let written = 0;

  function record(path: string, answer: Visit, isGood: boolean) {
    figures.answers += 1;
    figures.longestMs = Math.max(figures.longestMs, answer.ms);
    if (answer.ms > tooLongMs) complain(`${path} took longer than ${tooLongMs / 1000} s`);
    if (isGood) return;
    if (answer.status !== 503) return complain(`${path} answered ${answer.status} ${answer.text.slice(0, 120)}`);
    figures.unavailable += 1;
    if (!answer.retryAfter) complain(`${path} answered 503 without Retry-After`);
    if (!/database/i.test(answer.text)) complain(`${path} answered 503 without naming the database`);
  }

  const complain = (what: string) => complaints.set(what, (complaints.get(what) ?? 0) + 1);

  async function read(at: number) {
    for (let n = at; !isStopped; n += 1) {
      const path = readPaths[n % readPaths.length] ?? '/';
      const answer = await visitor.visit(path);
      record(path, answer, answer.status === 200 || (path === '/sign-in' && answer.status === 307));
      await sleep(30);
    }
  }

  async function write() {
    while (!isStopped) {
      written += 1;
      const address = `writer-${written}@example.com`;
      const fields = { email: address, firstName: 'New', lastName: 'Person', how: 'invitation', intent: 'send' };
      const answer = await visitor.visit('/users/new', asForm(hidden, fields));
      if (answer.status === 303) acknowledged.push(address);
      record('an invitation', answer, answer.status === 303);
      await sleep(50);
    }
  }

  const clients = [read(0), read(2), read(4), write(), write()];
  return {
    visit: visitor.visit,
    acknowledged: () => acknowledged,
    complaints: () => [...complaints].map(([what, count]) => `${count} × ${what}`),
    figures: () => ({ ...figures, acknowledged: acknowledged.length }),
    async stop() {
      isStopped = true;
      await Promise.all(clients);
    },
  };
}
