import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { cancellation } from '@/app/(console)/invitations/[id]/cancellation/cancellation';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Cancel invitation' };

export default dialogPage(CancellationDialog);

async function CancellationDialog({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.invite', 'invitations.read');
  return await cancellation(can, (await params).id, 'dialog');
}
