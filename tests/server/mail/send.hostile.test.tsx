import { emailCorpus } from '@tests/lib/email.corpus';
import { testDatabase } from '@tests/support/database';
import { type Received, startMailServer } from '@tests/support/mail';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '@/lib/ids';
import { drainOutbox } from '@/server/mail/drain';
import { MailLayout, MailQuote, MailText } from '@/server/mail/layout';
import { registerEmails } from '@/server/mail/registry';
import { defineEmail, writeEmail } from '@/server/mail/templates';

const { db } = await testDatabase();

const template = defineEmail({
  name: 'test.hostile',
  title: 'Test',
  quota: { exempt: 'a test' },
  params: z.object({ name: z.string() }),
  render: ({ name }) => ({
    subject: `${name} says hello`,
    element: (
      <MailLayout preview={name} heading={`From ${name}`}>
        <MailText>{name}</MailText>
        <MailQuote>{name}</MailQuote>
      </MailLayout>
    ),
  }),
});

registerEmails(template);

let server: Awaited<ReturnType<typeof startMailServer>>;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

/** Inserts one row without any validation, and returns what the server received. */
async function send(toAddress: string, params: { name: string }, toName = ''): Promise<Received[]> {
  server.messages.length = 0;
  server.commands.length = 0;
  const id = newId();
  const row = { id, template: 'test.hostile', params, toAddress, toName, dedupeKey: id, messageId: `${id}@rollcall` };
  await db.email.create({ data: row });
  await drainOutbox({ smtpUrl: server.url, lanes: 1 });
  return server.messages;
}

const stored = emailCorpus.flatMap((entry) => {
  // Text in Postgres cannot contain NUL, so such a row cannot exist.
  const inputs = [entry.input, ...('email' in entry ? [entry.email] : [])].filter((input) => !input.includes('\0'));
  return inputs.map((input) => ({ input, canonical: 'email' in entry ? entry.email : null }));
});

test('a hostile address in the outbox sends the mail to exactly that address or to nobody', async () => {
  let sent = 0;
  for (const { input, canonical } of stored) {
    const received = await send(input, { name: 'Ada' });
    const expected = input === canonical ? ['MAIL FROM:<rollcall@example.org>', `RCPT TO:<${canonical}>`] : [];
    const commands = server.commands.map((command) => command.replace(/ SIZE=\d+$/, ''));
    expect(commands, JSON.stringify(input)).toEqual(expected);
    // The test server refuses addresses of full length; only the named recipient matters.
    expect(received.length, JSON.stringify(input)).toBeLessThanOrEqual(expected.length / 2);
    sent += received.length;
  }
  expect(sent).toBeGreaterThan(10);
  expect(stored.length - sent).toBeGreaterThan(50);
}, 120_000);

const injections = [
  'Ada\r\nBcc: eve@evil.example',
  'Ada\nBcc: eve@evil.example\n\n<b>body</b>',
  'Ada\r\n.\r\nMAIL FROM:<eve@evil.example>\r\nRCPT TO:<eve@evil.example>\r\nDATA',
  'Ada\u2028Bcc: eve@evil.example',
  'Ada\u0085Bcc: eve@evil.example',
  '"Ada" <eve@evil.example>, ',
  '=?utf-8?B?YQ0KQmNjOiBldmVAZXZpbC5leGFtcGxl?=',
  'Zoë 🎉 Ωmega'.repeat(40),
];

test.each(injections)('a name adds no header and no recipient: %j', async (name) => {
  const [mail, ...others] = await send('ada@acme.com', { name }, name);
  expect(others).toEqual([]);
  expect(mail?.to).toEqual(['ada@acme.com']);
  const head = (mail?.raw ?? '').split('\r\n\r\n')[0] ?? '';
  const names = [...head.matchAll(/^([^\s:]+):/gm)].map((match) => match[1]?.toLowerCase());
  expect(names.sort()).toEqual(
    [
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ].sort(),
  );
  expect(mail?.parsed.to).toEqual([{ address: 'ada@acme.com', name: '' }]);
  expect(mail?.parsed.bcc ?? []).toEqual([]);
});

test('words of a person stay plain text in the HTML and the text part', async () => {
  const name = '<img src=x onerror=alert(1)><script>alert(2)</script> "&amp;" {{7*7}}';
  const { html, text } = await writeEmail(template, { name });
  expect(html).not.toMatch(/<img|<script/);
  expect(html).toContain('&lt;script&gt;');
  expect(text).toContain(name);
});

test('a quote keeps its line breaks', async () => {
  const { text, html } = await writeEmail(template, { name: 'one\ntwo' });
  expect(text).toContain('one\ntwo');
  expect(html).toMatch(/one.*<br\/>.*two/);
});
