import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { deactivation } from './deactivation';

export const metadata: Metadata = { title: 'Deactivation of an organization' };

export default consolePage(DeactivationPage);

async function DeactivationPage({ params }: { params: Promise<{ slug: string }> }) {
  const can = await authorize('organizations.read', 'organizations.deactivate');
  return await deactivation(can, (await params).slug, 'page');
}
