import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { call, callActionRaw, ours } from './support/call';
import { findActions, findRoutes } from './support/entry-points';
import { rawBytes, rawCall, setTrap } from './support/raw';
import { changedTables, fingerprint, newBugs, watchRows } from './support/rows';
import { makeVerdicts } from './support/verdicts';

const world = inject('world');
const { url, pid } = inject('access');
const { host } = new URL(url);
const cookie = world.people['system admin'].cookie ?? '';
watchRows();

async function isAlive(within = 1000): Promise<boolean> {
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(within) }).catch(() => null);
  return answer?.status === 200;
}

test('a method that a route does not have changes nothing', async () => {
  const verdicts = makeVerdicts();
  const before = await fingerprint();
  const routes = findRoutes();
  const all = [...routes.pages, ...routes.handlers.map((entry) => entry.split(' ')[1] ?? '')];
  for (const path of new Set(all.map((route) => route.replaceAll(/\[[^\]]+\]/g, 'x')))) {
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE']) {
      const answer = await rawCall({ method, path, headers: { host, cookie, origin: url } });
      verdicts.say(
        `${method} ${path}`,
        answer.status >= 500 && `answered ${answer.status}`,
        answer.text.includes('rollcall.session=') && 'repeats the cookie',
      );
    }
  }
  const changed = changedTables(before, await fingerprint());
  verdicts.say('other methods', changed.length > 0 && `changed ${changed.join(', ')}`);
  newBugs();
  verdicts.check();
});

/** Bodies from the advisories of 2025 and 2026 on the decoder of actions, and similar ones. */
const flightBodies: Record<string, Record<string, string>> = {
  'a chunk that is a promise': {
    0: '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B1337\\"}","_response":{"_prefix":"process.exit(9);","_chunks":"$Q2","_formData":{"get":"$1:constructor:constructor"}}}',
    1: '"$@0"',
    2: '[]',
  },
  'a prototype': { 0: '["$1:__proto__"]', 1: '{}' },
  'a constructor': { 0: '["$1:constructor:constructor"]', 1: '[]' },
  'an action as argument': { 0: '["$F1"]', 1: '{"id":"x#y","bound":null}' },
  'an action bound to itself': { 0: '["$F1"]', 1: '{"id":"x","bound":"$@1"}' },
  'a circle': { 0: '["$1"]', 1: '["$2"]', 2: '["$1"]' },
  'a circle of promises': { 0: '["$@1"]', 1: '"$@2"', 2: '"$@1"' },
  'a long chain': Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [n, `["$${(n + 1).toString(16)}"]`])),
  'deep nesting': { 0: `${'['.repeat(20_000)}${']'.repeat(20_000)}` },
  doubling: Object.fromEntries(
    Array.from({ length: 26 }, (_, n) => [n, `["$${(n + 1).toString(16)}","$${(n + 1).toString(16)}"]`]),
  ),
  'an iterator': { 0: '["$i1"]', 1: '["$i1"]' },
  'a huge number': { 0: `["$n${'9'.repeat(300_000)}"]` },
  'no JSON': { 0: '{' },
  nothing: {},
};

test('bodies made to break the decoder are refused within five seconds, and the server keeps running', async () => {
  const verdicts = makeVerdicts();
  const before = await fingerprint();
  const ids = findActions()
    .slice(0, 2)
    .map(({ id }) => id);
  for (const [name, parts] of Object.entries(flightBodies)) {
    for (const id of [...ids, 'x', '0'.repeat(42)]) {
      const body = new FormData();
      for (const [key, value] of Object.entries(parts)) body.set(key, value);
      const startedAt = performance.now();
      const answer = await callActionRaw(id, body, { path: '/sign-in' }).catch((error: Error) => error);
      const took = performance.now() - startedAt;
      if (answer instanceof Error) verdicts.say(`${name} × ${id}`, `no answer: ${answer.message}`);
      else
        verdicts.say(
          `${name} × ${id}`,
          /at \w+ \(|node_modules|process\.exit/.test(answer.text) && 'reveals how it is made',
        );
      verdicts.say(
        `${name} × ${id}`,
        took > 5000 && `took ${Math.round(took)} ms`,
        !(await isAlive()) && 'stopped the server',
      );
    }
  }
  const changed = changedTables(before, await fingerprint());
  verdicts.say('bodies', changed.length > 0 && `changed ${changed.join(', ')}`);
  newBugs();
  verdicts.check();
});

test('an upgrade, a proxy request and a smuggled second request are refused', async () => {
  const trap = await setTrap();
  const end = '\r\n\r\n';
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  for (const bytes of [
    `GET /users HTTP/1.1\r\nHost: ${host}\r\n${upgrade}${end}`,
    `GET http://127.0.0.1:${trap.port}/ HTTP/1.1\r\nHost: ${host}\r\n${upgrade}${end}`,
    `GET http://127.0.0.1:${trap.port}/ HTTP/1.1\r\nHost: 127.0.0.1:${trap.port}${end}`,
    `CONNECT 127.0.0.1:${trap.port} HTTP/1.1\r\nHost: ${host}${end}`,
    `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0${end}GET /api/health HTTP/1.1\r\nHost: x${end}`,
    `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0${end}`,
    `GET /users HTTP/1.1\r\nHost: ${host}\r\nX: a\r\n b: c${end}`,
  ]) {
    const answer = await rawBytes(bytes, 700);
    expect.soft(answer, bytes).not.toMatch(/^HTTP\/1\.1 (101|200)/);
    expect.soft(answer.match(/^HTTP\/1\.1 /gm)?.length ?? 0, bytes).toBeLessThanOrEqual(1);
  }
  expect(trap.calls()).toBe(0);
  await trap.close();
  expect(await isAlive()).toBe(true);
  newBugs();
});

test('a form refuses a hundred megabytes without keeping them in memory', async () => {
  const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  const [id = ''] = findActions().map((action) => action.id);
  const before = await fingerprint();
  const atFirst = process.platform === 'linux' ? rss() : 0;
  const boundary = 'x';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="_1_email"\r\n\r\n`;
  for (const headers of [{ 'next-action': id }, {}] as Record<string, string>[]) {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent === 0 ? new TextEncoder().encode(head) : new Uint8Array(1024 * 1024).fill(97));
        sent += 1;
        if (sent > 100) controller.close();
      },
    });
    const all = { ...ours(), 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers };
    const answer = await fetch(`${url}/sign-in`, {
      method: 'POST',
      headers: all,
      body,
      duplex: 'half',
    } as RequestInit & {
      duplex: 'half';
    }).catch(() => null);
    // An action of another page is passed on to it. When that refuses, Next answers 200 without a result.
    const text = (await answer?.text()) ?? '';
    const isRefused = !answer || answer.status === 413 || (answer.status === 200 && text === '{}');
    expect.soft(isRefused, `${JSON.stringify(headers)} ${answer?.status} ${text.slice(0, 200)}`).toBe(true);
  }
  if (process.platform === 'linux') expect.soft(rss() - atFirst).toBeLessThan(150);
  expect(changedTables(before, await fingerprint())).toEqual([]);
  expect(await isAlive()).toBe(true);
  newBugs();
});

test('a page answers odd and oversized queries without a server error', async () => {
  const verdicts = makeVerdicts();
  const many = new URLSearchParams(Array.from({ length: 500 }, (_, n) => ['q', String(n)]));
  for (const route of findRoutes().pages.filter((each) => !each.includes('['))) {
    for (const query of [
      many,
      'q=%00',
      'q=%ff%fe',
      'after=__proto__',
      'page=1e309',
      `q=${'a'.repeat(8000)}`,
      '__proto__[x]=1',
      'after=%7B%22not%22%3A%22%22%7D',
      'sort=passwordHash',
      'size=-1',
      'q[]=1&q[not]=',
    ]) {
      const answer = await call(`${route}?${query}`, { cookie });
      verdicts.say(`${route}?${String(query).slice(0, 40)}`, answer.status >= 500 && `answered ${answer.status}`);
    }
  }
  verdicts.say('queries', ...newBugs());
  verdicts.check();
});
