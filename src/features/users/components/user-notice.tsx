import { PageNotice } from '@/components/layout/page-notice';
import type { SearchParams } from '@/lib/search-params';
import type { Can } from '@/server/work';
import { findOwnLatestChange } from '../deactivation.queries';
import { undoDeactivation } from './deactivation-form';

type Props = { can: Can<'users.read'>; searchParams: SearchParams; returnTo?: string };

/** What was done to somebody before this page, and the way to take it back. */
export async function UserNotice({ can, searchParams, returnTo }: Props) {
  const { notice, of } = searchParams;
  // Anybody can send a link that says it, in the hope that somebody presses "Undo".
  const isTheirs = typeof of === 'string' && notice === (await findOwnLatestChange(can, of));
  return <PageNotice searchParams={{ notice }} undo={isTheirs && undoDeactivation({ notice, of, returnTo })} />;
}
