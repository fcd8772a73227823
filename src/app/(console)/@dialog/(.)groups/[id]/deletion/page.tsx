import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { deletion } from '@/app/(console)/groups/[id]/deletion/deletion';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Deletion of a group' };

export default dialogPage(DeletionDialog);

async function DeletionDialog({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('groups.read', 'groups.delete');
  return await deletion(can, (await params).id, 'dialog');
}
