import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { cancellation } from './cancellation';

export const metadata: Metadata = { title: 'Cancel invitation' };

export default consolePage(CancellationPage);

async function CancellationPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.invite', 'invitations.read');
  return await cancellation(can, (await params).id, 'page');
}
