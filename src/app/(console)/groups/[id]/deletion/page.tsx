import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { deletion } from './deletion';

export const metadata: Metadata = { title: 'Deletion of a group' };

export default consolePage(DeletionPage);

async function DeletionPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('groups.read', 'groups.delete');
  return await deletion(can, (await params).id, 'page');
}
