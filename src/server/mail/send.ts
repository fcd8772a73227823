import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { EmailAddress } from '@/lib/email';
import { crashPoint } from '../crash-point';
import { env } from '../env';
import { isLoopback } from '../loopback';
import { type SendResult, toSendResult } from './answers';

export type Message = {
  /** Without angle brackets. */
  messageId: string;
  to: EmailAddress;
  subject: string;
  html: string;
  text: string;
};

export type Lane = {
  send(message: Message): Promise<SendResult>;
  isOpen(): boolean;
  close(): void;
};

type Settings = {
  connection: ConstructorParameters<typeof SMTPConnection>[0];
  credentials: { user: string; pass: string } | null;
};

/** However slowly the server reads. Far below what RFC 5321 4.5.3.2 grants; the mail is retried. */
const mailTimeoutMs = 120_000;

/**
 * Settings for the server of an SMTP URL: TLS from the start for `smtps:`, otherwise STARTTLS. Without TLS nothing is
 * sent, except to this machine itself. Certificates are always checked; `ca` is a private authority's PEM.
 */
export function smtpSettings(url: string, ca?: string): Settings {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const local = isLoopback(host);
  return {
    connection: {
      host,
      port: Number(port) || (secure ? 465 : 587),
      secure,
      requireTLS: !secure && !local,
      ignoreTLS: !secure && local,
      name: new URL(env().PUBLIC_URL).hostname,
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca && { ca }) },
      connectionTimeout: 15_000,
      dnsTimeout: 10_000,
      greetingTimeout: 15_000,
      socketTimeout: 60_000,
      maxResponseSize: 64 * 1024,
    },
    credentials: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null,
  };
}

/** Throws an error for `toSendResult` when the server is unavailable, has no TLS or refuses our sign-in. */
export async function openLane(url: string): Promise<Lane> {
  const { SMTP_CA_FILE } = env();
  const settings = smtpSettings(url, SMTP_CA_FILE && readFileSync(SMTP_CA_FILE, 'utf8'));
  const connection = new SMTPConnection(settings.connection);
  let open = true;
  await new Promise<void>((resolve, reject) => {
    connection.on('error', reject);
    connection.on('end', () => {
      open = false;
      reject(new Error('The connection ended'));
    });
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  const { credentials } = settings;
  if (credentials) {
    await new Promise<void>((resolve, reject) => {
      connection.login({ credentials }, (error) => (error ? reject(error) : resolve()));
    }).catch((error: unknown) => {
      connection.close();
      throw error;
    });
  }
  return {
    async send(message) {
      const result = await handOver(connection, message);
      // A refusal leaves the envelope half open: without RSET the server would refuse the next mail as nested.
      if (result.kind === 'later' || result.kind === 'refused') {
        await new Promise<void>((resolve) => connection.reset(() => resolve()));
      }
      return result;
    },
    isOpen: () => open,
    close: () => (open ? connection.quit() : undefined),
  };
}

async function handOver(connection: SMTPConnection, message: Message): Promise<SendResult> {
  const from = sender();
  const content = await compose(message, from);
  let begun = false;
  // Only read after the server said "354". From the first read on, a broken connection hides whether the server took
  // the mail.
  const body = new Readable({
    read() {
      begun = true;
      crashPoint('mail.data');
      this.push(content);
      this.push(null);
    },
  });
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      connection.close();
      resolve(toSendResult(new Error('The mail server took too long'), begun));
    }, mailTimeoutMs);
    const envelope = { from: from.address, to: [message.to], size: content.length };
    connection.send(envelope, body, (error, info) => {
      clearTimeout(deadline);
      resolve(error ? toSendResult(error, begun) : { kind: 'sent', response: info?.response ?? '' });
    });
  });
}

// The recipient is an object without a name: nodemailer parses strings, and one with a line break was seen to send mail
// to somebody else. Only the subject header contains user input, and nodemailer encodes it.
function compose(message: Message, from: { name: string; address: string }): Promise<Buffer> {
  return new MailComposer({
    from,
    to: { name: '', address: message.to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: `<${message.messageId}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** Splits `Rollcall <rollcall@example.org>`. The operator sets it, so it is trusted. */
function sender(): { name: string; address: string } {
  const [, name = '', address = ''] = /^([^<]*)<([^<>\s]+)>\s*$/.exec(env().MAIL_FROM) ?? [];
  return address ? { name: name.trim().replace(/^"|"$/g, ''), address } : { name: '', address: env().MAIL_FROM.trim() };
}
