import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Figures, Order } from './load';

/** Makes the load of P16 in its own process. Each cookie is a person with their own connection. */
const { url, cookies, seconds }: Order = JSON.parse(await text(process.stdin));
const agent = new Agent({ keepAlive: true, maxSockets: cookies.length });
const times: number[] = [];
const errors: string[] = [];
const begun = performance.now();
const end = begun + seconds * 1000;

await Promise.all(cookies.map(visit));
agent.destroy();
const took = (performance.now() - begun) / 1000;
times.sort((a, b) => a - b);
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const figures: Figures = { perSecond: times.length / took, p50: at(0.5), p99: at(0.99), errors: errors.slice(0, 100) };
process.stdout.write(JSON.stringify(figures));

async function visit(cookie: string): Promise<void> {
  while (performance.now() < end && errors.length < 100) {
    const sentAt = performance.now();
    const problem = await once(cookie).catch((error: unknown) => String(error));
    if (problem) errors.push(problem);
    else times.push(performance.now() - sentAt);
  }
}

/** Resolves to a problem (a status other than 200, a page cut short) or to undefined. */
function once(cookie: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { accept: 'text/html', cookie } }, (response) => {
      let tail = '';
      response.on('data', (chunk: Buffer) => {
        tail = chunk.subarray(-64).toString();
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) resolve(`status ${response.statusCode}`);
        else resolve(tail.includes('</html>') ? undefined : 'the page is cut short');
      });
    });
    request.on('error', reject);
  });
}
