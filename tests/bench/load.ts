import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Client } from 'pg';
import { emptyPath } from './app';
import { fetchGood } from './http';
import { median, type Result, ratioResult } from './report';
import { signInCrowd } from './visitors';

const people = 50;
const seconds = 8;
const rounds = 3;
const share = 0.2;
const spread = 2;

export type Order = { url: string; cookies: string[]; seconds: number };
export type Figures = { perSecond: number; p50: number; p99: number; errors: string[] };

/**
 * P16: fifty signed-in System Admins each request the first page again as soon as it has arrived. The empty page gets
 * the same load, in turns, three times. There is one web process; the load comes from another process.
 */
export async function measureLoad(client: Client, url: string, secret: string, users: number): Promise<Result[]> {
  const cookies = await signInCrowd(client, people, secret);
  const page = `${url}/users?size=50`;
  for (const cookie of cookies) await fetchGood(page, { cookie });
  const ours: Figures[] = [];
  const limits: Figures[] = [];
  await underLoad({ url: `${url}${emptyPath}`, cookies, seconds: 3 });
  await underLoad({ url: page, cookies, seconds: 3 });
  for (let round = 0; round < rounds; round += 1) {
    limits.push(await underLoad({ url: `${url}${emptyPath}`, cookies, seconds }));
    ours.push(await underLoad({ url: page, cookies, seconds }));
  }
  const errors = ours.flatMap((each) => each.errors);
  const [value, limit] = [median(ours.map((each) => each.perSecond)), median(limits.map((each) => each.perSecond))];
  const ratio = value / limit;
  const trouble = errors.length > 0 ? `${errors.length} errors, the first: ${errors[0]}` : 'no errors';
  const note = `${value.toFixed(0)} a second, the empty page ${limit.toFixed(0)}; ${trouble}`;
  const [p50, p99] = [median(ours.map((each) => each.p50)), median(ours.map((each) => each.p99))];
  return [
    {
      id: `P16@${users}`,
      value,
      limit,
      ratio,
      target: share,
      unit: 'requests/s',
      rule: `≥ ${share} × E`,
      note,
      ok: ratio >= share && errors.length === 0,
    },
    ratioResult({
      id: `P16.p99@${users}`,
      value: p99,
      limit: p50,
      target: spread,
      unit: 'ms',
      rule: `≤ ${spread} × p50`,
    }),
  ];
}

async function underLoad(order: Order): Promise<Figures> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'load-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  let answer = '';
  child.stdout.on('data', (chunk: Buffer) => {
    answer += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`The load process ended with ${code}.`);
  return JSON.parse(answer) as Figures;
}
