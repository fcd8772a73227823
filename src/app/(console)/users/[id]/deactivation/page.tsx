import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { deactivation } from './deactivation';

export const metadata: Metadata = { title: 'Deactivate or reactivate' };

export default consolePage(DeactivationPage);

async function DeactivationPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.deactivate');
  return await deactivation(can, (await params).id, 'page');
}
