import { Agent, request } from 'node:http';
import type { Entry } from './entries';

/**
 * A process of its own, so that the flood does not slow down the clock of whoever measures. It sends one entry over
 * twenty connections as fast as they are answered, until its parent ends it.
 */
const connections = 20;

type Order = { origin: string; entry: Entry; source: string; cookie: string };

process.once('message', (order: Order) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let sent = 0;
  let answered = 0;
  const send = () => {
    sent += 1;
    const number = String(sent % 1_000_000).padStart(6, '0');
    const { method, path, headers = {}, body } = order.entry;
    const outgoing = request(new URL(path.replaceAll('NNN', number), order.origin), {
      method,
      agent,
      headers: { ...headers, 'x-forwarded-for': order.source, ...(order.cookie && { cookie: order.cookie }) },
    });
    // A server that refuses may close the connection; a flood goes on after a moment.
    outgoing.once('error', () => setTimeout(send, 5));
    outgoing.once('response', (response) => {
      response.resume();
      response.once('end', () => {
        answered += 1;
        process.send?.({ answered });
        send();
      });
    });
    outgoing.end(body?.replaceAll('NNN', number));
  };
  for (let n = 0; n < connections; n += 1) send();
});
process.send?.({ answered: 0 });
