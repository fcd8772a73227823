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
    isPostponed: false,
    ...given,
  };
  const markup = renderToStaticMarkup(
    <DidNotArrive
      invitation={invitation}
      mail={mail}
      readsLog={readsLog}
      service={null}
      obstacles={null}
      quota={null}
      timeZone="UTC"
      now={now}
    />,
  );
  return markup.replace(/<(?!a )[^>]*>/g, ' ');
}

test('a refused mail shows the server’s answer, our explanation and no next attempt', () => {
  const refused = panel({
    state: 'failed',
    response: '550 5.1.1 no such user',
    lastError: 'The mail server does not accept this recipient.',
  });
  expect(refused).toMatch(/Mail server\s+550 5\.1\.1 no such user\s+The mail server does not accept this recipient\./);
  expect(refused).toMatch(/Last attempt\s+2 hours ago/);
  expect(refused).not.toContain('Next attempt');
});

test('a waiting mail shows its next attempt, and an unsent one shows the reason', () => {
  const waiting = panel({ nextAttemptAt: ago(-1), attempts: 3, lastError: 'The mail server cannot be reached.' });
  expect(waiting).toMatch(/Mail server\s+The mail server cannot be reached\./);
  expect(waiting).toMatch(/Next attempt\s+in 1 hour\s+Tried 3 times/);
  expect(panel({ attempts: 0 })).toContain('Not contacted yet: the email is waiting to be sent');
  const unsent = panel({ state: 'unsent', lastError: 'Not sent: its link ran out.' });
  expect(unsent).toMatch(/Mail server\s+Not contacted\s+Not sent: its link ran out\./);
  expect(unsent).not.toContain('attempt');
});

test('a mail that waits for its hour says when it leaves', () => {
  const waiting = panel({ attempts: 0, nextAttemptAt: ago(-2), isPostponed: true });
  expect(waiting).toMatch(/Email\s+Leaves at 14:00\s+It waits for its turn in the organization’s hourly emails\./);
  expect(waiting).not.toContain('Next attempt');
});

test('only readers of the email log get a link to the mail in it', () => {
  expect(panel({}, true)).toContain('href="/emails/0192"');
  expect(panel({}, false)).not.toContain('/emails/');
});
