import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { deactivation } from '@/app/(console)/users/[id]/deactivation/deactivation';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Deactivate or reactivate' };

export default dialogPage(DeactivationDialog);

async function DeactivationDialog({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.deactivate');
  return await deactivation(can, (await params).id, 'dialog');
}
