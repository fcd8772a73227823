import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Stat, StatRow } from '@/components/ui/stat';
import { TextLink } from '@/components/ui/text-link';
import { RecentEvents } from '@/features/audit/components/recent-events';
import { listAuditEvents } from '@/features/audit/list.queries';
import { readAuditFilter } from '@/features/audit/list.schema';
import { DayFigures } from '@/features/figures/components/day-figures';
import { lastDays } from '@/features/figures/days.queries';
import { WaitingList } from '@/features/home/components/waiting-list';
import { listWaiting } from '@/features/home/waiting.queries';
import { OpenByAge } from '@/features/invitations/components/open-by-age';
import { countByAge } from '@/features/invitations/list.queries';
import { loadFigures } from '@/features/users/counts.queries';
import { formatCount } from '@/lib/counts';
import type { SearchParams } from '@/lib/search-params';
import { authorize, type Can } from '@/server/work';
import { navigationFor } from './navigation';

export const metadata: Metadata = { title: 'Home' };

export default consolePage(HomePage);

async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  if (!navigationFor(can).isConsolePerson) redirect('/account');
  const reader = can.as('users.read');
  const called = can.actor.firstName || can.actor.lastName;
  const [waiting, figures, days, ages, events] = await Promise.all([
    listWaiting(can),
    reader && loadFigures(reader),
    reader && lastDays(reader),
    ofInvitations(can),
    lastEvents(can),
  ]);
  return (
    <>
      <PageHeader
        title={called ? `Hello, ${called}` : 'Home'}
        primary={
          can.may('users.invite') && (
            <LinkButton href="/users/new" tone="primary" icon="user-plus">
              Add user
            </LinkButton>
          )
        }
      />
      <PageNotice searchParams={await searchParams} />
      {figures && (
        <StatRow label="People">
          <Stat label="People" value={formatCount(figures.total)} href="/users" />
          <Stat label="Active" tone="good" value={formatCount(figures.active)} href="/users?status=active" />
          <Stat label="Invited" tone="info" value={formatCount(figures.invited)} href="/users?status=invited" />
          <Stat label="Inactive" tone="bad" value={formatCount(figures.inactive)} href="/users?status=inactive" />
        </StatRow>
      )}
      <div className="mt-5 grid items-start gap-5 beside:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Card title="Waiting for you" padded={false}>
            <WaitingList waiting={waiting} timeZone={can.timeZone} />
          </Card>
          {reader && (
            <Card title="Joins and sign-ins">
              <DayFigures days={days} />
            </Card>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          {ages && (
            <Card title="Open invitations">
              <OpenByAge counts={ages} />
            </Card>
          )}
          {events && (
            <Card title="Last events" actions={<TextLink href="/audit">Audit log</TextLink>}>
              <RecentEvents rows={events} timeZone={can.timeZone} nobody="Nothing has happened yet." />
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

async function ofInvitations(can: Can<'account.own'>) {
  const reader = can.as('invitations.read');
  return reader && countByAge(reader);
}

async function lastEvents(can: Can<'account.own'>) {
  const reader = can.as('audit.read');
  return reader && (await listAuditEvents(reader, readAuditFilter({}), 10)).rows;
}
