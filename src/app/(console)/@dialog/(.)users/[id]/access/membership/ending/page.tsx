import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { ending, type Props } from '@/app/(console)/users/[id]/access/membership/ending/ending';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'End a membership' };

export default dialogPage(EndingDialog);

async function EndingDialog(props: Props) {
  const can = await authorize('users.read', 'memberships.end');
  return await ending(can, props, 'dialog');
}
