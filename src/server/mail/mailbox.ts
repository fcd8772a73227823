import { mkdir } from 'node:fs/promises';
import { domainToASCII } from 'node:url';
import { SMTPServer, type SMTPServerAddress } from 'smtp-server';
import { errorText } from '@/lib/error-text';
import { newId } from '@/lib/ids';
import { env } from '../env';
import { log, logBug } from '../log';
import { keepNewest, storeMail } from './mailbox-files';

// An SMTP server for installations that have none yet. It listens on loopback only, so it needs no sign-in.
const maxBytes = 2 * 1024 * 1024;

const { MAILBOX_DIR: directory, MAILBOX_PORT: port, MAILBOX_REFUSE: refuses } = env();
const seenOnce = new Set<string>();

function refusalOf({ address }: SMTPServerAddress): Error | undefined {
  if (!refuses) return undefined;
  const recipient = address.toLowerCase();
  if (recipient.endsWith('@bounce.test')) return reply(550, '5.1.1 There is no such mailbox');
  if (!recipient.endsWith('@greylist.test') || seenOnce.has(recipient)) return undefined;
  seenOnce.add(recipient);
  return reply(451, '4.7.1 Greylisted, come back in a minute');
}

/** The library decodes domains; Rollcall knows the address in its ASCII form. */
function asWritten({ address }: SMTPServerAddress): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at + 1)}${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}

function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

function start(folder: string) {
  const server = new SMTPServer({
    banner: 'Rollcall mailbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxBytes,
    maxClients: 50,
    socketTimeout: 60_000,
    onRcptTo: (address, _session, callback) => callback(refusalOf(address)),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= maxBytes) chunks.push(chunk);
      });
      stream.on('end', () => {
        if (stream.sizeExceeded || bytes > maxBytes) return callback(reply(552, '5.3.4 This mail is too large'));
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(asWritten);
        const envelope = { from: mailFrom ? mailFrom.address : '', to, receivedAt: new Date().toISOString() };
        storeMail(folder, newId(), Buffer.concat(chunks), envelope)
          .then(async (id) => {
            callback(null, `Kept as ${id}`);
            await keepNewest(folder);
          })
          .catch((error: unknown) => {
            logBug(error, { mailbox: 'store' });
            callback(reply(451, '4.3.0 This mail could not be kept'));
          });
      });
    },
  });
  server.on('error', (error) => log('warn', 'mailbox.error', { message: errorText(error) }));
  server.server.once('error', (error) => {
    log('error', 'mailbox.closed', { message: errorText(error) });
    process.exit(1);
  });
  server.listen(port ?? 2525, '127.0.0.1', () => log('info', 'mailbox.ready', { port: port ?? 2525 }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => server.close(() => process.exit(0)));
  }
}

if (directory) {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  start(directory);
} else {
  process.stderr.write('Set MAILBOX_DIR to the folder that keeps the mails, and MAILBOX_PORT.\n');
  process.exitCode = 1;
}
