import { Agent, get, type IncomingHttpHeaders } from 'node:http';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** One request over the kept-alive connection, in ms up to the last byte. Uncompressed unless `encoding` is given. */
export function fetchPage(url: string, options: { cookie?: string; encoding?: string } = {}): Promise<Answer> {
  const headers = {
    accept: 'text/html',
    ...(options.cookie && { cookie: options.cookie }),
    ...(options.encoding && { 'accept-encoding': options.encoding }),
  };
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const request = get(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - begun;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), ms });
      });
    });
    request.on('error', reject);
  });
}

/** Like fetchPage, but throws with the address on any status but 200. */
export async function fetchGood(url: string, options: { cookie?: string; encoding?: string } = {}): Promise<Answer> {
  const answer = await fetchPage(url, options);
  if (answer.status !== 200) {
    const to = answer.headers.location ? ` to ${answer.headers.location}` : '';
    throw new Error(`${url} answered ${answer.status}${to}`);
  }
  return answer;
}
