import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Status } from '@/components/ui/status';
import { MailService } from '@/features/emails/components/mail-service';
import { emailsAbout } from '@/features/emails/details.queries';
import { mailServiceState } from '@/features/emails/mail-service.queries';
import { DidNotArrive } from '@/features/invitations/components/did-not-arrive';
import { InvitationFacts } from '@/features/invitations/components/invitation-facts';
import { invitationLook } from '@/features/invitations/components/invitation-look';
import { InvitationTimeline } from '@/features/invitations/components/invitation-timeline';
import { NeedsConfirmation } from '@/features/invitations/components/needs-confirmation';
import { getInvitation } from '@/features/invitations/details.queries';
import { invitationHistory } from '@/features/invitations/history.queries';
import { findObstacles } from '@/features/invitations/obstacles.queries';
import { quotaObstacle } from '@/features/invitations/quota.queries';
import { isPending, statusOf } from '@/features/invitations/status.policy';
import { displayName } from '@/lib/names';
import type { SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Invitation' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(InvitationPage);

async function InvitationPage({ params, searchParams }: Props) {
  const can = await authorize('invitations.read');
  const { id } = await params;
  const invitation = await orNotFound(getInvitation(can, id));
  const [events, mails, service] = await Promise.all([
    invitationHistory(can, invitation),
    emailsAbout(can, { type: 'invitation', id }),
    mailServiceState(can),
  ]);
  const now = new Date();
  const timeZone = can.timeZone;
  const isWaiting = isPending(invitation);
  const inviting = isWaiting ? can.as('users.invite') : null;
  const obstacles = inviting && (await findObstacles(inviting, id));
  const quota = inviting && (await quotaObstacle(inviting, invitation.organizationId));
  return (
    <>
      <PageHeader
        title={displayName(invitation)}
        description={invitation.email}
        breadcrumbs={[{ label: 'Invitations', href: '/invitations' }, { label: displayName(invitation) }]}
        status={<Status {...invitationLook[statusOf(invitation, now)]} />}
        secondary={
          obstacles && (
            <LinkButton href={`/invitations/${id}/cancellation`} icon="ban">
              Cancel invitation
            </LinkButton>
          )
        }
      />
      <PageNotice searchParams={await searchParams} />
      {isWaiting && invitation.onHoldSince && (
        <div className="mb-5">
          <NeedsConfirmation id={id} obstacles={obstacles} quota={quota} />
        </div>
      )}
      <div className="grid items-start gap-5 beside:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <InvitationFacts invitation={invitation} timeZone={timeZone} now={now} />
          {isWaiting && (
            <DidNotArrive
              invitation={invitation}
              mail={mails[0] ?? null}
              readsLog={can.may('emails.read', invitation.organizationId)}
              service={<MailService state={service} now={now} />}
              obstacles={obstacles}
              quota={quota}
              timeZone={timeZone}
              now={now}
            />
          )}
        </div>
        <Card title="What happened">
          <InvitationTimeline invitation={invitation} events={events} timeZone={timeZone} now={now} />
        </Card>
      </div>
    </>
  );
}
