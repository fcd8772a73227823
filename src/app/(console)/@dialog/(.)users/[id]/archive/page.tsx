import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { archive } from '@/app/(console)/users/[id]/archive/archive';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Archive' };

export default dialogPage(ArchiveDialog);

async function ArchiveDialog({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.archive');
  return await archive(can, (await params).id, 'dialog');
}
