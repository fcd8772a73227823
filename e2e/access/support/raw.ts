import { request } from 'node:http';
import { connect } from 'node:net';
import { inject } from 'vitest';
import type { Answer } from './call';

type Raw = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** The address of this machine that it comes from. */
  localAddress?: string;
};

/** Sends the headers, `Host` included, and the path exactly as given: `fetch` would normalize both. */
export function rawCall({ method = 'GET', path, headers = {}, body, localAddress }: Raw): Promise<Answer> {
  const { hostname, port } = new URL(inject('access').url);
  return new Promise((resolve, reject) => {
    const from = localAddress ? { localAddress } : {};
    const sent = request({ hostname, port, method, path, headers, timeout: 30_000, ...from }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const all = new Headers();
        for (const [name, value] of Object.entries(response.headersDistinct)) {
          for (const each of value ?? []) all.append(name, each);
        }
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: all, text, location: all.get('location') });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Writes bytes to a socket and returns what arrives until it is quiet for `timeoutMs`, as text. */
export function rawBytes(bytes: string, timeoutMs = 1500): Promise<string> {
  const { hostname, port } = new URL(inject('access').url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    const end = () => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(timeoutMs, end);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', end);
    socket.on('close', end);
  });
}

/** A listener on loopback that the server must never call. */
export async function setTrap() {
  const { createServer } = await import('node:net');
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return { port, calls: () => calls, close: () => new Promise((resolve) => server.close(resolve)) };
}
