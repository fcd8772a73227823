import type { ReactNode } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { Avatar } from '@/components/ui/avatar';
import { Tabs } from '@/components/ui/tabs';
import { avatarTone } from '@/lib/avatar-tone';
import { fullName } from '@/lib/names';
import type { SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';

const tabs = [
  { href: '/account', label: 'Profile' },
  { href: '/account/access', label: 'What I may do' },
  { href: '/account/preferences', label: 'Preferences' },
  { href: '/account/password', label: 'Password' },
  { href: '/account/sessions', label: 'Where I am signed in' },
  { href: '/account/sign-ins', label: 'Sign-ins' },
  { href: '/account/data', label: 'My data' },
] as const;

type Props = {
  can: Can<'account.own'>;
  current: (typeof tabs)[number]['href'];
  searchParams: SearchParams;
  children: ReactNode;
};

export function AccountFrame({ can, current, searchParams, children }: Props) {
  const { firstName, lastName, email } = can.actor;
  const name = fullName({ firstName, lastName });
  return (
    <>
      <PageHeader
        title="My account"
        description={name ? `${name} · ${email}` : email}
        lead={<Avatar name={name} email={email} size="lg" tone={avatarTone(can.actor.id)} />}
      />
      <PageNotice searchParams={searchParams} />
      <Tabs label="My account" current={current} tabs={[...tabs]} />
      <div className="mt-6">{children}</div>
    </>
  );
}
