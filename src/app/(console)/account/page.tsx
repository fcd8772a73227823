import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { Card } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { AccountFrame } from '@/features/account/components/account-frame';
import { updateOwnProfileAction } from '@/features/account/profile.actions';
import { getOwnProfile } from '@/features/account/profile.queries';
import { EditForm } from '@/features/users/components/profile-form';
import { findOwnPendingChange, type PendingChange } from '@/features/users/email-change/pending.queries';
import { valuesOf } from '@/features/users/profile.queries';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'My account' };

export default consolePage(AccountPage);

async function AccountPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const [profile, pending] = await Promise.all([getOwnProfile(can), findOwnPendingChange(can)]);
  const timeZone = can.timeZone;
  const now = new Date();
  return (
    <AccountFrame can={can} current="/account" searchParams={await searchParams}>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card title="Profile" description="Admins can see and change this too. The audit log records each change.">
          <EditForm values={valuesOf(profile)} timeZone={timeZone} ownAction={updateOwnProfileAction} />
        </Card>
        <Card title="Account">
          <DescriptionList
            items={[
              {
                term: 'Email address',
                value: profile.email,
                hint: pending ? (
                  <TextLink href="/account/email">{pendingWords(pending)}</TextLink>
                ) : (
                  <TextLink href="/account/email">Change address</TextLink>
                ),
              },
              { term: 'Member since', value: <Time at={profile.createdAt} timeZone={timeZone} now={now} /> },
              { term: 'Last sign-in', value: <Time at={profile.lastSignInAt} timeZone={timeZone} now={now} /> },
              {
                term: 'Password',
                value: <Time at={profile.passwordChangedAt} timeZone={timeZone} now={now} />,
                hint: 'When it was last set',
              },
            ]}
          />
        </Card>
      </div>
    </AccountFrame>
  );
}

function pendingWords({ email, isExpired, takesEffectAt }: PendingChange): string {
  if (isExpired) return `${email} was not confirmed`;
  return takesEffectAt ? `${email} is to replace it: see when, or stop it` : `${email} is waiting to be confirmed`;
}
