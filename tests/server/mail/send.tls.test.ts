import { startMailServer } from '@tests/support/mail';
import { expect, test } from 'vitest';
import { toSendResult } from '@/server/mail/answers';
import { openLane, smtpSettings } from '@/server/mail/send';

test('a remote server gets nothing without encryption', () => {
  const { connection, credentials } = smtpSettings('smtp://us%40er:p%3Aw@mail.example.org');
  expect(connection).toMatchObject({ port: 587, secure: false, requireTLS: true, ignoreTLS: false });
  expect(connection?.tls).toMatchObject({ rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  expect(credentials).toEqual({ user: 'us@er', pass: 'p:w' });
  expect(smtpSettings('smtps://mail.example.org').connection).toMatchObject({ port: 465, secure: true });
  expect(smtpSettings('smtp://10.0.0.7:25').connection).toMatchObject({ requireTLS: true });
  expect(smtpSettings('smtp://evil.example/?tls.rejectUnauthorized=false').connection?.tls?.rejectUnauthorized).toBe(
    true,
  );
});

test.each(['smtp://127.0.0.1:2525', 'smtp://[::1]:2525', 'smtp://localhost:2525'])(
  '%s stays on this machine',
  (url) => {
    expect(smtpSettings(url).connection).toMatchObject({ requireTLS: false, port: 2525 });
  },
);

test('a stripped STARTTLS ends the conversation before the sender is named', async () => {
  const server = await startMailServer();
  const { connection } = smtpSettings('smtp://mail.example.org');
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  const client = new SMTPConnection({ ...connection, host: '127.0.0.1', port: server.port });
  const error = await new Promise<Error | undefined>((resolve) => {
    client.on('error', resolve);
    client.connect((refused) => resolve(refused ?? undefined));
  });
  expect(toSendResult(error, false)).toMatchObject({
    kind: 'unavailable',
    sentence: expect.stringContaining('no trusted encryption'),
  });
  expect(server.messages).toEqual([]);
  await server.close();
});

test('an untrusted certificate is refused, over TLS from the start and after STARTTLS', async () => {
  const server = await startMailServer({ options: { secure: true, disabledCommands: ['AUTH'] } });
  const result = await openLane(`smtps://127.0.0.1:${server.port}`).then(
    () => null,
    (error: unknown) => toSendResult(error, false),
  );
  expect(result).toMatchObject({ kind: 'unavailable' });
  await server.close();
});

test.each([
  [{ code: 'EENVELOPE', responseCode: 550, response: '550 no', command: 'RCPT TO' }, false, 'refused'],
  [{ code: 'EENVELOPE', responseCode: 450, response: '450 later', command: 'RCPT TO' }, false, 'later'],
  [{ code: 'EENVELOPE', responseCode: 421, response: '421 closing', command: 'RCPT TO' }, false, 'unavailable'],
  [{ code: 'EENVELOPE', responseCode: 553, response: '553 sender', command: 'MAIL FROM' }, false, 'refused'],
  [{ code: 'EMESSAGE', responseCode: 554, response: '554 spam', command: 'DATA' }, true, 'refused'],
  [{ code: 'EMESSAGE', responseCode: 452, response: '452 full', command: 'DATA' }, true, 'later'],
  [{ code: 'ECONNECTION', command: 'CONN' }, true, 'unsure'],
  [{ code: 'ETIMEDOUT', command: 'CONN' }, true, 'unsure'],
  [{ code: 'ECONNECTION', command: 'CONN' }, false, 'unavailable'],
  [{ code: 'EAUTH', responseCode: 535, response: '535 no', command: 'AUTH PLAIN' }, false, 'unavailable'],
] as const)('%j, content begun: %s, is %s', (error, begun, kind) => {
  expect(toSendResult(Object.assign(new Error('x'), error), begun).kind).toBe(kind);
});

test('an answer of the server is stored as one short line', () => {
  const error = Object.assign(new Error('x'), {
    code: 'EENVELOPE',
    responseCode: 550,
    response: `550-no\r\n550 {"level":"error"}${'x'.repeat(5000)}`,
    command: 'RCPT TO',
  });
  const { response } = toSendResult(error, false);
  expect(response).toMatch(/^550-no 550 /);
  expect(response).toHaveLength(500);
});
