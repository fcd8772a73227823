import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { getUser, type UserRecord } from '@/features/users/details.queries';
import { EmailForm } from '@/features/users/email-change/components/email-form';
import { PendingChange, PendingChangeAction } from '@/features/users/email-change/components/pending-change';
import { findPendingChange } from '@/features/users/email-change/pending.queries';
import { cancelEmailChangeAction, resendEmailChangeAction } from '@/features/users/email-change/request.actions';
import { linkHours, waitHours } from '@/features/users/email-change/request.schema';
import { maySkipConfirmation } from '@/features/users/email-change/requester.queries';
import { findObstacle } from '@/features/users/obstacles.queries';
import { displayName } from '@/lib/names';
import { type AccountObstacle, obstacleText } from '@/lib/obstacle-words';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'Change an address' };

export default consolePage(EmailPage);

async function EmailPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.update');
  const user = await orNotFound(getUser(can, (await params).id));
  const obstacle = await findObstacle(can, user.id, 'users.update');
  const reason = blockingReason(user, obstacle);
  const pending = reason ? null : await findPendingChange(can, user);
  const name = displayName(user);
  const path = `/users/${user.id}`;
  return (
    <>
      <PageHeader
        title={`Change the address of ${name}`}
        description={<>Current address: {user.email}</>}
        breadcrumbs={[{ label: 'Users', href: '/users' }, { label: name, href: path }, { label: 'Change address' }]}
      />
      {reason ? (
        <Notice tone="warn" title="This is not possible here" action={<LinkButton href={path}>Back</LinkButton>}>
          {reason}
          {obstacle === 'self' && (
            <>
              {' '}
              Change it in <TextLink href="/account/email">My account</TextLink>.
            </>
          )}
        </Notice>
      ) : (
        <div className="flex max-w-2xl flex-col gap-6">
          {pending && (
            <PendingChange change={pending} timeZone={can.timeZone}>
              {!pending.takesEffectAt && (
                <PendingChangeAction action={resendEmailChangeAction} label="Resend the link" id={user.id} />
              )}
              <PendingChangeAction action={cancelEmailChangeAction} label="Drop this address" id={user.id} />
            </PendingChange>
          )}
          <EmailForm
            id={user.id}
            hours={linkHours}
            waitHours={waitHours}
            maySkipConfirmation={await maySkipConfirmation(can)}
          />
        </div>
      )}
    </>
  );
}

function blockingReason({ status }: UserRecord, obstacle: AccountObstacle | null): string | null {
  if (obstacle) return obstacleText[obstacle];
  if (status === 'archived') return obstacleText.archived;
  if (status !== 'invited') return null;
  return 'Nobody has activated this account yet. Cancel the invitation, then invite the right address.';
}
