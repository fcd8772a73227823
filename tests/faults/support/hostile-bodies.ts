import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { testPassword } from '@tests/support/sign-in';

const gigabyte = 1024 ** 3;
const boundary = 'boundary-of-a-hostile-body';
const opening = Buffer.from(
  `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: text/csv\r\n\r\n`,
);
const closing = Buffer.from(`\r\n--${boundary}--\r\n`);

/** `leadsTo` is where the answer must redirect; null if the client is gone before an answer. */
type Hostile = {
  name: string;
  claims?: number;
  body: () => Generator<Buffer>;
  breaksOff?: boolean;
  leadsTo: RegExp | null;
};

function* repeated(start: string, block: string, bytes: number): Generator<Buffer> {
  yield Buffer.concat([opening, Buffer.from(start)]);
  const part = Buffer.from(block);
  for (let sent = 0; sent < bytes; sent += part.length) yield part;
  yield closing;
}

const anImport = /\/imports\/[0-9a-f-]{36}$/;
const tooLarge = /\/imports\/new\?problem=too_large$/;

const hostile: Hostile[] = [
  {
    name: 'a gigabyte on one line',
    body: () => repeated('email,name\na@x.example,', 'x'.repeat(65_536), gigabyte),
    leadsTo: tooLarge,
  },
  {
    name: 'ninety megabytes on one line',
    body: () => repeated('email,name\na@x.example,', 'x'.repeat(65_536), 90 * 1024 ** 2),
    leadsTo: anImport,
  },
  {
    name: 'a gigabyte of rows',
    body: () => repeated('email,name\n', 'a@x.example,A\n'.repeat(4_000), gigabyte),
    leadsTo: tooLarge,
  },
  {
    name: 'a gigabyte that is announced',
    claims: gigabyte,
    body: () => repeated('email\n', 'a@x.example\n'.repeat(4_000), gigabyte),
    leadsTo: tooLarge,
  },
  {
    name: 'a body that is shorter than announced',
    claims: 5 * 1024 ** 2,
    body: () => repeated('email\n', 'a@x.example\n'.repeat(4_000), 1024 ** 2),
    breaksOff: true,
    leadsTo: null,
  },
];

export const hostileBodies = hostile.length;

/** Sends each body over its own connection and returns what went wrong. Calls `begin` before each. */
export async function sendHostileBodies(url: string, email: string, begin: () => void): Promise<string[]> {
  const cookie = await signIn(url, email);
  const broken: string[] = [];
  for (const each of hostile) {
    begin();
    const begun = performance.now();
    const answer = await send(url, cookie, each);
    const seconds = (performance.now() - begun) / 1000;
    if (each.leadsTo && !(answer.status === 303 && each.leadsTo.test(answer.location)))
      broken.push(`${each.name}: answered ${answer.status} ${answer.location} after ${seconds.toFixed(1)} s.`);
    const health = await fetch(`${url}/api/health`).catch(() => null);
    if (!health?.ok) broken.push(`${each.name}: the web process no longer answers.`);
  }
  return broken;
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ email, password: testPassword }),
  });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

type Answer = { status: number; location: string };

/** Sends like an HTTP client that goes on until it gets an answer or is cut off. */
async function send(url: string, cookie: string, { claims, body, breaksOff }: Hostile): Promise<Answer> {
  const headers = {
    ...{ cookie, origin: url, 'content-type': `multipart/form-data; boundary=${boundary}` },
    ...(claims !== undefined && { 'content-length': claims }),
  };
  const sent = request(`${url}/api/imports`, { method: 'POST', headers });
  let answer: Answer | null = null;
  const answered = new Promise<void>((resolve) => {
    sent.on('response', (response) => {
      answer = { status: response.statusCode ?? 0, location: response.headers.location ?? '' };
      response.resume();
      resolve();
    });
    sent.on('error', () => resolve());
  });
  for (const part of body()) {
    if (answer !== null || sent.destroyed) break;
    if (!sent.write(part)) await Promise.race([new Promise((resolve) => sent.once('drain', resolve)), answered]);
  }
  if (breaksOff) {
    await sleep(200);
    sent.destroy();
  } else if (answer === null && !sent.destroyed) sent.end();
  await Promise.race([answered, sleep(30_000)]);
  sent.destroy();
  return answer ?? { status: 0, location: '' };
}
