import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Db } from '@/server/db/client';
import { findTemplate } from '@/server/mail/registry';
import { writeEmail } from '@/server/mail/templates';
import '@/handlers';

export type OutboxMail = {
  id: string;
  template: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** The first link in the mail. */
  link: string | null;
  state: string;
};

/** The outbox as the recipients would read it, oldest first. */
export async function readOutbox(db: Db, filter: { to?: string } = {}): Promise<OutboxMail[]> {
  const rows = await db.email.findMany({
    where: filter.to ? { toAddress: filter.to } : {},
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const mails = rows.map(async ({ id, template: name, params, toAddress, state }) => {
    const template = findTemplate(name);
    if (!template) throw new Error(`The template ${name} is not registered in handlers.ts.`);
    const { subject, html, text } = await writeEmail(template, params);
    return { id, template: name, to: toAddress, subject, html, text, link: linkOf(text), state };
  });
  return Promise.all(mails);
}

export function linkOf(text: string): string | null {
  return /https?:\/\/\S+/.exec(text)?.[0] ?? null;
}

export type Received = { from: string; to: string[]; raw: string; parsed: Email };

type Reply = { code: number; text: string };

type Switches = {
  /** The reply to a recipient; undefined means 250. */
  onRcpt?: (address: string) => Reply | undefined;
  /** The reply to the content; undefined means 250. `drop` takes the content and then closes the connection. */
  onData?: (mail: Received) => Reply | 'drop' | undefined;
  options?: SMTPServerOptions;
};

/** A real SMTP server on a random port. */
export async function startMailServer(switches: Switches = {}) {
  const messages: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    ...switches.options,
    onRcptTo(address, _session, callback) {
      const reply = switches.onRcpt?.(address.address);
      callback(reply ? answer(reply) : undefined);
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const mail: Received = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((recipient) => recipient.address),
          raw: raw.toString('utf8'),
          parsed: await PostalMime.parse(raw),
        };
        const reply = switches.onData?.(mail);
        if (!reply || reply === 'drop') messages.push(mail);
        if (reply === 'drop') for (const connection of server.connections) connection.close();
        else callback(reply ? answer(reply) : null);
      });
    },
  });
  server.on('error', () => undefined);
  const commands: string[] = [];
  // Read from the wire, because the library decodes domains before its callbacks run.
  server.server.on('connection', (socket: Socket) => {
    socket.on('data', (chunk) => commands.push(...String(chunk).split('\r\n').filter(isCommand)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    messages,
    /** MAIL FROM and RCPT TO as they came over the wire, from all connections. */
    commands,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function isCommand(line: string): boolean {
  return /^(MAIL|RCPT)\b/i.test(line);
}

function answer({ code, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
