import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { roleId } from '@tests/support/factories';
import { makePerson } from '@tests/support/sign-in';
import { openPlace } from './place';
import { asForm, makeVisitor, type Visitor } from './visitor';
import { startWebAt } from './web';
import { startWorkers } from './workers';

/** Addresses that a proxy in front would write. */
export const sources = { flood: '198.51.100.1', worker: '203.0.113.1' };

const mailMs = 60_000;

export type Scene = Awaited<ReturnType<typeof openFloodedPlace>>;

/** A web process behind a proxy, a worker, and somebody who works from another source than the flood. */
export async function openFloodedPlace(fill: (ownerUrl: string) => Promise<void>) {
  const place = await openPlace('R21', { TRUSTED_PROXIES: '1' });
  await fill(place.cluster().url('rollcall_owner'));
  const people = await Promise.all(['worker', 'reader'].map((name) => makeAdmin(`${name}@example.org`)));
  const web = await startWebAt(place, 'web');
  const workers = startWorkers(place, 1);
  const origin = web.url;
  const [worker, reader] = await Promise.all(
    [sources.worker, sources.flood].map(async (source, at) => {
      const visitor = makeVisitor(origin, source);
      await visitor.signIn(people[at]?.email ?? '');
      return visitor;
    }),
  );
  if (!worker || !reader) throw new Error('There are two visitors.');
  const help = await makeVisitor(origin, sources.worker).hiddenFields('/forgot-password', 'email');
  let asked = 0;
  let signingIn = 0;

  async function makeAdmin(email: string) {
    const person = await makePerson(place.db, { email });
    await place.db.userRole.create({ data: { userId: person.id, roleId: await roleId(place.db, 'system-admin') } });
    return person;
  }

  return {
    origin,
    reader,
    /** Milliseconds until the list of users is answered. */
    async list(): Promise<number> {
      const { status, ms, text } = await worker.visit('/users');
      if (status !== 200) throw new Error(`The list answered ${status} ${text.slice(0, 200)}`);
      return ms;
    },
    async signInAgain(): Promise<number> {
      const begun = performance.now();
      await worker.signIn('worker@example.org');
      return performance.now() - begun;
    },
    /** Milliseconds until the mail is in the outbox; which source asked for it no longer matters there. */
    async resetMail(): Promise<number> {
      asked += 1;
      const person = await makePerson(place.db, { email: `forgot-${asked}@example.org` });
      const begun = performance.now();
      // Each from a place of its own, because one place may ask only so often.
      const visitor = makeVisitor(origin, `203.0.113.${10 + (asked % 200)}`);
      const answer = await visitor.visit('/forgot-password', asForm(help, { email: person.email }));
      if (answer.status !== 303) throw new Error(`Asking for a password answered ${answer.status}`);
      while ((await place.db.email.count({ where: { userId: person.id } })) === 0) {
        if (performance.now() - begun > mailMs) return Number.POSITIVE_INFINITY;
        await sleep(20);
      }
      return performance.now() - begun;
    },
    /** Everybody signs in at once, each from a place of their own. Returns how many could not. */
    async signInAll(count: number): Promise<number> {
      const each = await Promise.all(
        Array.from({ length: count }, () => {
          signingIn += 1;
          return makePerson(place.db, { email: `early-${signingIn}@example.org` });
        }),
      );
      const results = await Promise.allSettled(
        each.map(({ email }, at) => signInPatiently(makeVisitor(origin, `192.0.${at >> 8}.${at & 255}`), email)),
      );
      return results.filter(({ status }) => status === 'rejected').length;
    },
    async forgotPasswordBody() {
      const form = new Response(asForm(help, { email: 'nobodyNNN@example.com' }));
      return { type: form.headers.get('content-type') ?? '', body: await form.text() };
    },
    problems(): string[] {
      const bugs = web.log().match(/"event":"bug".*/g) ?? [];
      return bugs.length > 0 ? [`${bugs.length} bugs in ${path.join(place.directory, 'web.log')}: ${bugs[0]}`] : [];
    },
    async close() {
      await workers.stop();
      await web.stop();
      await place.close();
    },
  };
}

/** Tries again after a few seconds, as somebody does who reads that too many people are signing in. */
async function signInPatiently(visitor: Visitor, email: string) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await visitor.signIn(email);
    } catch (error) {
      if (tried === 5 || !String(error).includes('error=busy')) throw error;
      await sleep(3_000);
    }
  }
}
