import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Notice } from '@/components/ui/notice';
import { Status, statusLook } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { fullName } from '@/lib/names';
import type { AccountObstacle } from '@/lib/obstacle-words';
import type { SignInLock } from '@/server/auth/sign-in-lock';
import type { UserRecord } from '../details.queries';
import type { PendingChange } from '../email-change/pending.queries';
import { EndedNotice } from './ended-notice';
import { SignInLockNotice } from './sign-in-lock';
import { UnansweredInvitations } from './unanswered-invitations';

type Props = {
  user: UserRecord;
  timeZone: string;
  seesInvitations: boolean;
  mayInvite: boolean;
  seesOrganizations: boolean;
  pending: PendingChange | null;
  emailHref: string | null;
  lock: SignInLock | null;
  unlocking: { obstacle: AccountObstacle | null } | null;
};

const statusHints = {
  invited: 'Has not activated the account yet.',
  active: 'Can sign in.',
  inactive: 'Deactivated: cannot sign in. The account and its password are kept.',
  archived: 'Archived: cannot sign in and is left out of lists. Everything is kept.',
};

function statusHint({ status, initialPassword }: UserRecord, isLocked: boolean): string {
  if (isLocked) return 'Cannot sign in at the moment, except on a known device.';
  if (status === 'active' && initialPassword?.isExpired) return 'Can sign in again after choosing a new password.';
  return statusHints[status];
}

export function UserProfile({
  user,
  timeZone,
  seesInvitations,
  mayInvite,
  seesOrganizations,
  lock,
  unlocking,
  ...address
}: Props) {
  const time = (at: Date | null, never?: string) => <Time at={at} timeZone={timeZone} never={never} />;
  return (
    <div className="flex flex-col gap-5">
      <EndedNotice user={user} timeZone={timeZone} />
      <SignInLockNotice user={user} timeZone={timeZone} lock={lock} unlocking={unlocking} />
      {!user.isManaged && (
        <Notice title="Managed by the platform">
          You see what belongs to your organization. Only admins of the platform can change the account itself.
        </Notice>
      )}
      <div className="grid items-start gap-5 2xl:grid-cols-2">
        <Card title="Profile">
          <DescriptionList
            items={[
              { term: 'Name', value: fullName(user) },
              {
                term: 'Email',
                value: user.email,
                hint: <AddressHint user={user} {...address} timeZone={timeZone} />,
              },
              { term: 'Phone', value: user.phone, hint: user.extension && `Extension ${user.extension}` },
              {
                term: user.memberships.length > 1 ? 'Organizations' : 'Organization',
                value: <Organizations user={user} linked={seesOrganizations} invitationsLinked={seesInvitations} />,
              },
            ]}
          />
        </Card>
        <Card title="Account">
          <DescriptionList
            items={[
              {
                term: 'Status',
                value: <Status {...statusLook(user.status, lock !== null && 'Locked')} />,
                hint: statusHint(user, lock !== null),
              },
              ...(user.initialPassword
                ? [
                    {
                      term: 'Password',
                      value: 'Initial password, not changed yet',
                      hint: <Initial user={user} timeZone={timeZone} />,
                    },
                  ]
                : []),
              { term: 'Created', value: time(user.createdAt) },
              { term: 'Joined', value: time(user.activatedAt, 'Not yet') },
              { term: 'Last sign-in', value: time(user.lastSignInAt) },
              { term: 'Last activity', value: time(user.lastActivityAt) },
            ]}
          />
        </Card>
      </div>
      {seesInvitations && user.invitations.length > 0 && (
        <UnansweredInvitations user={user} timeZone={timeZone} mayAct={mayInvite} />
      )}
    </div>
  );
}

function Initial({ user, timeZone }: Pick<Props, 'user' | 'timeZone'>) {
  const { expiresAt, isExpired } = user.initialPassword ?? {};
  if (!expiresAt) return 'It must be changed at the next sign-in.';
  if (!isExpired) {
    return (
      <>
        It works until <Time at={expiresAt} timeZone={timeZone} exact />.
      </>
    );
  }
  return (
    <>
      It expired on <Time at={expiresAt} timeZone={timeZone} exact />. A new one is chosen with “Forgot your password?”
      on the sign-in page.
    </>
  );
}

function AddressHint({ user, ...change }: Pick<Props, 'user' | 'pending' | 'emailHref' | 'timeZone'>) {
  const isUnconfirmed = !user.hasConfirmedEmail && user.status !== 'invited';
  return (
    <>
      {isUnconfirmed && (
        <span className="block">
          <Badge tone="warn">Not confirmed</Badge> Nobody has shown that mail to this address reaches them. Until then
          the account joins no other organization by invitation.
        </span>
      )}
      <ChangeHint {...change} />
    </>
  );
}

function ChangeHint({ pending, emailHref, timeZone }: Pick<Props, 'pending' | 'emailHref' | 'timeZone'>) {
  const link = emailHref && <TextLink href={emailHref}>{linkWords(pending)}</TextLink>;
  if (!pending) return link;
  const { email, expiresAt, isExpired, takesEffectAt, requesterName } = pending;
  if (isExpired) {
    return (
      <>
        {email} was not confirmed in time. {link}
      </>
    );
  }
  return (
    <>
      {takesEffectAt ? (
        <>
          {email} has confirmed and replaces this address on <Time at={takesEffectAt} timeZone={timeZone} exact />, or
          as soon as this address agrees, unless it stops the change.{' '}
        </>
      ) : (
        <>
          Waiting for {email} to confirm, until <Time at={expiresAt} timeZone={timeZone} exact />.{' '}
        </>
      )}
      {requesterName && `Requested by ${requesterName}. `}
      {link}
    </>
  );
}

function linkWords(pending: PendingChange | null): string {
  if (!pending) return 'Change address';
  return pending.takesEffectAt ? 'Drop the new address' : 'Resend the link or drop it';
}

function Organizations({ user, linked, invitationsLinked }: OrganizationsProps) {
  const pending = user.invitations.filter(({ organization, isExpired }) => organization !== null && !isExpired);
  if (user.memberships.length + pending.length === 0) return <span className="text-ink-soft">None</span>;
  return (
    <ul className="flex flex-col gap-1">
      {user.memberships.map(({ id, name, slug, status }) => (
        <li key={id}>
          {linked ? <TextLink href={`/organizations/${slug}`}>{name}</TextLink> : name}
          {status !== 'active' && <span className="text-ink-soft"> (inactive, grants nothing)</span>}
        </li>
      ))}
      {pending.map(({ id, organization }) => (
        <li key={id}>
          {invitationsLinked ? <TextLink href={`/invitations/${id}`}>{organization}</TextLink> : organization}
          <span className="text-ink-soft">, pending</span>
        </li>
      ))}
    </ul>
  );
}

type OrganizationsProps = { user: UserRecord; linked: boolean; invitationsLinked: boolean };
