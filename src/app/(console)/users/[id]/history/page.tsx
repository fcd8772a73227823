import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { FilterBar } from '@/components/table/filter-bar';
import { Pager } from '@/components/table/pager';
import { Card } from '@/components/ui/card';
import { History } from '@/features/audit/components/history';
import { listHistory } from '@/features/audit/history.queries';
import { readHistoryFilter } from '@/features/audit/history.schema';
import { UserHeader } from '@/features/users/components/user-header';
import { UserNotice } from '@/features/users/components/user-notice';
import { getUser } from '@/features/users/details.queries';
import { findAccountActions } from '@/features/users/obstacles.queries';
import { historyKinds } from '@/lib/audit-actions';
import { historyKindWords } from '@/lib/audit-words';
import { pageLinks } from '@/lib/list-links';
import type { SearchParams } from '@/lib/search-params';
import { authorize, orNotFound } from '@/server/work';

export const metadata: Metadata = { title: 'History' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default consolePage(UserHistoryPage);

async function UserHistoryPage({ params, searchParams }: Props) {
  const can = await authorize('users.read', 'audit.read');
  const user = await orNotFound(getUser(can, (await params).id));
  const { notice, of, ...query } = await searchParams;
  const address = { path: `/users/${user.id}/history`, params: query };
  const filter = readHistoryFilter(address.params);
  const [actions, { rows, previous, next }] = await Promise.all([
    findAccountActions(can, user.id),
    listHistory(can, user.id, filter),
  ]);
  return (
    <>
      <UserHeader
        user={user}
        current="history"
        seesHistory
        {...actions}
        notice={<UserNotice can={can} searchParams={{ notice, of }} returnTo={address.path} />}
      />
      <FilterBar
        address={address}
        filters={[
          {
            kind: 'one',
            name: 'kind',
            label: 'What',
            options: historyKinds.map((kind) => ({ value: kind, label: historyKindWords[kind] })),
          },
        ]}
      />
      <Card title="History">
        <History rows={rows} address={address} timeZone={can.timeZone} />
      </Card>
      <Pager
        {...pageLinks(address, rows.length, { previous: previous?.id ?? null, next: next?.id ?? null })}
        shown={rows.length}
        noun={['change', 'changes']}
      />
    </>
  );
}
