import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { ending, type Props } from './ending';

export const metadata: Metadata = { title: 'End a membership' };

export default consolePage(EndingPage);

async function EndingPage(props: Props) {
  const can = await authorize('users.read', 'memberships.end');
  return await ending(can, props, 'page');
}
