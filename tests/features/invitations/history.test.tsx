import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { InvitationTimeline } from '@/features/invitations/components/invitation-timeline';
import type { InvitationDetail } from '@/features/invitations/details.queries';

test('every event of an invitation is shown in words, including one without words of its own', () => {
  const invitation = { sentAt: null, openedAt: null } as InvitationDetail;
  const at = new Date('2026-03-04T05:06:07Z');
  const events = ['invitation.created', 'invitation.changed'].map((action) => ({ id: action, at, action, by: null }));
  const html = renderToStaticMarkup(
    <InvitationTimeline invitation={invitation} events={events} timeZone="UTC" now={at} />,
  );
  expect(html).toContain('Invited');
  expect(html).toContain('Invitation changed');
  expect(html).not.toContain('invitation.');
});
