import { linkPage, publicPage } from '@/app/(public)/public-page';
import { PublicCard } from '@/components/layout/public-card';
import { Notice } from '@/components/ui/notice';
import { AccountChoice } from '@/features/invitations/acceptance/components/account-choice';
import { ActivateForm } from '@/features/invitations/acceptance/components/activate-form';
import { ExpiredLink } from '@/features/invitations/acceptance/components/expired-link';
import { InvitedTo } from '@/features/invitations/acceptance/components/invited-to';
import { RequestNewLink } from '@/features/invitations/acceptance/components/request-new-link';
import { findByToken } from '@/features/invitations/acceptance/link.queries';
import { markOpened } from '@/features/invitations/acceptance/opened.service';
import { firstOf, type SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata = linkPage('Invitation');

type Props = { params: Promise<{ token: string }>; searchParams: Promise<SearchParams> };

export default publicPage(ActivatePage);

async function ActivatePage({ params, searchParams }: Props) {
  const can = await authorize('public');
  const { token } = await params;
  const invitation = await findByToken(can, token);
  if (!invitation) return <ExpiredLink />;
  const { organizationName, isExpired, isKnown, onHoldSince } = invitation;
  if (isExpired) {
    const isAsked = firstOf(await searchParams, 'notice') === 'invitation.asked';
    return <RequestNewLink token={token} invitation={invitation} isAsked={isAsked} />;
  }
  await markOpened(can, invitation.id);
  return (
    <PublicCard
      title={isKnown ? 'You are invited to join' : 'Set up your account'}
      {...(organizationName && { organization: organizationName })}
    >
      <div className="flex flex-col gap-6">
        <InvitedTo invitation={invitation} />
        {onHoldSince && (
          <Notice tone="warn" title="Waiting for confirmation">
            The person who invited you can no longer grant this access. When somebody else confirms the invitation, you
            get a new email.
          </Notice>
        )}
        {isKnown ? (
          <AccountChoice token={token} invitation={invitation} actor={can.actor} />
        ) : (
          <ActivateForm token={token} invitation={invitation} actor={can.actor} />
        )}
      </div>
    </PublicCard>
  );
}
