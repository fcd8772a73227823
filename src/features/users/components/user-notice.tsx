import { PageNotice } from '@/components/layout/page-notice';
import type { SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';
import { findOwnLatestChange } from '../deactivation.queries';
import { undoEnding } from './deactivation-form';

type Props = { can: Can<'users.read'>; searchParams: SearchParams; returnTo?: string };

export async function UserNotice({ can, searchParams, returnTo }: Props) {
  const { notice, of } = searchParams;
  // Anybody can send a link with this notice, hoping that its reader presses "Undo".
  const isOwnChange = typeof of === 'string' && notice === (await findOwnLatestChange(can, of));
  return <PageNotice searchParams={{ notice }} undo={isOwnChange && undoEnding({ notice, of, returnTo })} />;
}
