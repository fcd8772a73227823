import type { Metadata } from 'next';
import { publicPage } from '@/app/(public)/public-page';
import { PageNotice } from '@/components/layout/page-notice';
import { PublicCard } from '@/components/layout/public-card';
import { LinkButton } from '@/components/ui/button';
import { DescriptionList } from '@/components/ui/description-list';
import { TextLink } from '@/components/ui/text-link';
import { Time } from '@/components/ui/time';
import { SignOutButton } from '@/features/account/components/sign-out-button';
import { landingPath } from '@/features/account/policy';
import { type Account, findOwnAccount } from '@/features/account/queries';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'My account' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default publicPage(AccountPage);

async function AccountPage({ searchParams }: Props) {
  const can = await authorize('account.own');
  const account = await findOwnAccount(can);
  const { firstName, lastName, email } = can.actor;
  return (
    <PublicCard title="My account" footer={<SignOutButton />}>
      <PageNotice searchParams={await searchParams} />
      <DescriptionList
        items={[
          { term: 'Name', value: `${firstName} ${lastName}`.trim() || 'Not given' },
          { term: 'Email address', value: email },
          ...accessItems(account),
          {
            term: 'Last sign-in',
            value: <Time at={account.lastSignInAt} timeZone={can.preference.timeZone ?? 'UTC'} now={new Date()} />,
          },
        ]}
      />
      <div className="mt-6 flex flex-wrap items-center gap-4">
        <LinkButton href="/account/password">Change password</LinkButton>
        {landingPath(can) === '/' && <TextLink href="/">Go to the console</TextLink>}
      </div>
    </PublicCard>
  );
}

function accessItems(account: Account) {
  const organizations = account.organizations.map((organization) => ({
    term: organization.name,
    value: organization.roles.join(', ') || 'Member without a role',
    hint: organization.isActive ? undefined : 'This organization is not active, so these roles give nothing now.',
  }));
  if (account.platformRoles.length === 0 && organizations.length > 0) return organizations;
  return [{ term: 'Roles', value: account.platformRoles.join(', ') || 'None' }, ...organizations];
}
