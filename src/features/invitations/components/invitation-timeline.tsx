import type { ComponentProps } from 'react';
import { Timeline } from '@/components/ui/timeline';
import { actionWords } from '@/lib/audit-actions';
import type { InvitationDetail } from '../details.queries';
import type { InvitationEvent } from '../history.queries';

type Entry = ComponentProps<typeof Timeline>['entries'][number];

const words: Record<string, Pick<Entry, 'icon' | 'tone'> & { title: string }> = {
  'invitation.created': { title: 'Invited', icon: 'user-plus', tone: 'info' },
  'invitation.resent': { title: 'Resent with a new link', icon: 'send', tone: 'info' },
  'invitation.reminded': { title: 'Reminder sent', icon: 'mail', tone: 'info' },
  'invitation.confirmed': { title: 'Confirmed and resent', icon: 'circle-check', tone: 'info' },
  'invitation.held': { title: 'Needs confirmation: its sender can no longer grant it', icon: 'clock', tone: 'warn' },
  'invitation.asked': { title: 'The person asked for a new link', icon: 'mail', tone: 'warn' },
  'invitation.accepted': { title: 'Accepted', icon: 'circle-check', tone: 'good' },
  'invitation.cancelled': { title: 'Cancelled', icon: 'ban', tone: 'neutral' },
  'invitation.expired': { title: 'Expired unused', icon: 'clock', tone: 'warn' },
};

type Props = { invitation: InvitationDetail; events: InvitationEvent[]; timeZone: string; now: Date };

export function InvitationTimeline({ invitation, events, timeZone, now }: Props) {
  const marks: Entry[] = [
    ...mark('sent', invitation.sentAt, 'The mail server accepted the newest email', 'mail'),
    ...mark('opened', invitation.openedAt, 'The link was opened', 'eye'),
  ];
  const entries: Entry[] = [
    ...marks,
    ...events.map(({ id, at, action, by }) => ({
      id,
      at,
      ...(words[action] ?? { title: actionWords(action) }),
      ...(by && { detail: `By ${by}` }),
    })),
  ].toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return <Timeline entries={entries} timeZone={timeZone} now={now} />;
}

function mark(id: string, at: Date | null, title: string, icon: 'mail' | 'eye'): Entry[] {
  return at ? [{ id, at, title, icon }] : [];
}
