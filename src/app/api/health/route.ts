/** Whether the process is alive. It queries nothing, so a slow database never gets a healthy process restarted. */
export function GET(): Response {
  return new Response('ok', { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
}
