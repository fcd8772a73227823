import type { ReactNode } from 'react';
import { Form } from '@/components/form/form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { addressHint } from '@/lib/address-hints';
import { upcomingTime } from '@/lib/dates';
import type { InvitationDetail } from '../details.queries';
import type { Obstacles } from '../obstacles.queries';
import { reasonFor } from '../quota.policy';
import { resendInvitationAction } from '../resend.actions';
import { LeavesAt } from './leaves-at';

export type MailTrace = {
  id: string;
  createdAt: Date;
  sentAt: Date | null;
  state: string;
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
  response: string | null;
  isPostponed: boolean;
};

type Props = {
  invitation: InvitationDetail;
  mail: MailTrace | null;
  readsLog: boolean;
  service: ReactNode;
  obstacles: Obstacles | null;
  /** Why nothing can be resent in this hour, or null. */
  quota: string | null;
  timeZone: string;
  now: Date;
};

export function DidNotArrive({ invitation, mail, readsLog, service, obstacles, quota, timeZone, now }: Props) {
  const hint = addressHint(invitation.email);
  return (
    <section id="did-not-arrive">
      <Card title="Did not arrive?" description="Check these from top to bottom, then resend the invitation.">
        <DescriptionList
          items={[
            { term: 'Address', value: invitation.email, ...(hint && { hint }) },
            ...(mail ? mailFacts(mail, timeZone, now) : []),
            ...(mail && readsLog
              ? [{ term: 'Email log', value: <TextLink href={`/emails/${mail.id}`}>This email</TextLink> }]
              : []),
          ]}
        />
        <div className="mt-4">{service}</div>
        <p className="mt-4 text-ink-soft">
          Ask them to check their spam folder. Resending makes a new link, and links of earlier emails stop working.
        </p>
        {obstacles && <Resend invitation={invitation} obstacle={reasonFor(obstacles.resend, quota)} />}
      </Card>
    </section>
  );
}

function Resend({ invitation, obstacle }: { invitation: InvitationDetail; obstacle: string | null }) {
  const tone = invitation.onHoldSince ? 'secondary' : 'primary';
  return (
    <div className="mt-5">
      {obstacle ? (
        <Button tone={tone} size="lg" disabledReason={obstacle}>
          Resend invitation
        </Button>
      ) : (
        <Form
          action={resendInvitationAction}
          submitLabel="Resend invitation"
          submitTone={tone}
          idPrefix="resend"
          warnUnsaved={false}
        >
          <input type="hidden" name="id" value={invitation.id} />
        </Form>
      )}
    </div>
  );
}

function mailFacts({ state, response, lastError, attempts, ...mail }: MailTrace, timeZone: string, now: Date) {
  const time = (at: Date) => <Time at={at} timeZone={timeZone} now={now} />;
  const tried = attempts > 1 && `Tried ${attempts} times`;
  const answer = {
    term: 'Mail server',
    value: response ?? lastError ?? noAnswer[state] ?? 'No answer',
    hint: response && lastError,
  };
  if (mail.isPostponed) {
    const leaves = <LeavesAt at={mail.nextAttemptAt} timeZone={timeZone} now={now} />;
    return [{ term: 'Email', value: leaves, hint: 'It waits for its turn in the organization’s hourly emails.' }];
  }
  if (state === 'unsent') return [{ term: 'Mail server', value: 'Not contacted', hint: lastError }];
  if (mail.sentAt) return [answer, { term: 'Sent', value: time(mail.sentAt), hint: tried }];
  if (state === 'pending')
    return [answer, { term: 'Next attempt', value: upcomingTime(mail.nextAttemptAt, now), hint: tried }];
  if (state === 'sending') return [answer];
  return [answer, { term: 'Last attempt', value: time(mail.nextAttemptAt), hint: tried }];
}

const noAnswer: Record<string, string> = {
  pending: 'Not contacted yet: the email is waiting to be sent',
  sending: 'Sending now',
  sent: 'Accepted the email',
};
