import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { consolePage } from '@/app/(console)/console-page';
import { PageHeader } from '@/components/layout/page-header';
import { PageNotice } from '@/components/layout/page-notice';
import { LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Stat, StatRow } from '@/components/ui/stat';
import { listWaiting, type Waiting } from '@/features/home/waiting.queries';
import { loadFigures } from '@/features/users/counts.queries';
import { formatCount } from '@/lib/counts';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';
import { navigationFor } from './navigation';

export const metadata: Metadata = { title: 'Home' };

export default consolePage(HomePage);

async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  if (!navigationFor(can).isConsolePerson) redirect('/account');
  const reader = can.as('users.read');
  const called = can.actor.firstName || can.actor.lastName;
  const [waiting, figures] = await Promise.all([listWaiting(can), reader && loadFigures(reader)]);
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
          <Stat label="Active" value={formatCount(figures.active)} href="/users?status=active" />
          <Stat label="Invited" value={formatCount(figures.invited)} href={figures.invitedHref} />
          <Stat label="Inactive" value={formatCount(figures.inactive)} href="/users?status=inactive" />
        </StatRow>
      )}
      <div className="mt-6">
        <Card title="Waiting for you" padded={false}>
          <WaitingList waiting={waiting} />
        </Card>
      </div>
    </>
  );
}

function WaitingList({ waiting }: { waiting: Waiting[] }) {
  if (waiting.length === 0) {
    return (
      <EmptyState kind="nothing-yet" title="Nothing is waiting for you">
        Unanswered invitations, failed emails and imports to confirm will be listed here.
      </EmptyState>
    );
  }
  const marks = { info: 'text-info-text', warn: 'text-warn-text', bad: 'text-bad-text' };
  return (
    <ul>
      {waiting.map(({ what, detail, href, count, tone }) => (
        <li key={what} className="border-line border-b last:border-0">
          <Link href={href} prefetch={false} className="flex items-start gap-3 px-5 py-3.5 hover:bg-hover">
            <Icon name={tone === 'info' ? 'clock' : 'triangle-alert'} className={`mt-0.5 size-4 ${marks[tone]}`} />
            <span className="min-w-0 flex-1">
              <span className="font-medium">{what}</span>
              <span className="block text-ink-soft">{detail}</span>
            </span>
            <span className="font-semibold tabular-nums">{formatCount(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
