import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Figures, Order } from './load';

/** Makes the load of P16 in a process of its own: every cookie is a person with a connection of their own. */
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
    const asked = performance.now();
    const problem = await once(cookie).catch((error: unknown) => String(error));
    if (problem) errors.push(problem);
    else times.push(performance.now() - asked);
  }
}

/** Nothing, or what went wrong: an answer that is not 200, or one that ends before the page does. */
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
        else resolve(tail.includes('</html>') ? undefined : 'the page has no end');
      });
    });
    request.on('error', reject);
  });
}
