import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { DidNotArrive, type MailTrace } from '@/features/invitations/components/did-not-arrive';
import type { InvitationDetail } from '@/features/invitations/details.queries';

const now = new Date('2026-11-26T12:00:00Z');
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

function panel(given: Partial<MailTrace>, readsLog = false): string {
  const invitation = { id: 'x', email: 'ada@acme.com', onHoldSince: null } as InvitationDetail;
  const mail: MailTrace = {
    id: '0192',
    createdAt: ago(3),
    sentAt: null,
    state: 'pending',
    attempts: 1,
    nextAttemptAt: ago(2),
    lastError: null,
    response: null,
    ...given,
  };
  const markup = renderToStaticMarkup(
    <DidNotArrive
      invitation={invitation}
      mail={mail}
      readsLog={readsLog}
      service={null}
      obstacles={null}
      timeZone="UTC"
      now={now}
    />,
  );
  return markup.replace(/<(?!a )[^>]*>/g, ' ');
}

test('a refused mail shows what the server said, with our sentence beside it, and no next attempt', () => {
  const said = panel({
    state: 'failed',
    response: '550 5.1.1 no such user',
    lastError: 'The mail server does not accept this recipient.',
  });
  expect(said).toMatch(/Mail server\s+550 5\.1\.1 no such user\s+The mail server does not accept this recipient\./);
  expect(said).toMatch(/Last attempt\s+2 hours ago/);
  expect(said).not.toContain('Next attempt');
});

test('a mail that waits says when it is tried next, and one the server never saw says why', () => {
  const waiting = panel({ nextAttemptAt: ago(-1), attempts: 3, lastError: 'The mail server cannot be reached.' });
  expect(waiting).toMatch(/Mail server\s+The mail server cannot be reached\./);
  expect(waiting).toMatch(/Next attempt\s+in 1 hour\s+Tried 3 times/);
  expect(panel({ attempts: 0 })).toContain('Not asked yet: the email waits to be sent');
  const unsent = panel({ state: 'unsent', lastError: 'Not sent: its link ran out.' });
  expect(unsent).toMatch(/Mail server\s+Not asked\s+Not sent: its link ran out\./);
  expect(unsent).not.toContain('attempt');
});

test('only readers of the email log are led to the mail in it', () => {
  expect(panel({}, true)).toContain('href="/emails/0192"');
  expect(panel({}, false)).not.toContain('/emails/');
});
