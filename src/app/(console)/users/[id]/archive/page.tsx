import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { archive } from './archive';

export const metadata: Metadata = { title: 'Archive' };

export default consolePage(ArchivePage);

async function ArchivePage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.archive');
  return await archive(can, (await params).id, 'page');
}
