import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { suspension } from '@/app/(console)/users/[id]/suspension/suspension';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Suspension' };

export default dialogPage(SuspensionDialog);

async function SuspensionDialog({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.suspend');
  return await suspension(can, (await params).id, 'dialog');
}
