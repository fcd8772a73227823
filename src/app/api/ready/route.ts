import { isReady } from '@/server/ready';

export const dynamic = 'force-dynamic';

/** Whether requests can be served now; a load balancer waits while this is 503. */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  return new Response(ready ? 'ready' : 'not ready', {
    status: ready ? 200 : 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
