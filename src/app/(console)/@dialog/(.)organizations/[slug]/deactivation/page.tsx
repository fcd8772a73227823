import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { deactivation } from '@/app/(console)/organizations/[slug]/deactivation/deactivation';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Deactivation of an organization' };

export default dialogPage(DeactivationDialog);

async function DeactivationDialog({ params }: { params: Promise<{ slug: string }> }) {
  const can = await authorize('organizations.read', 'organizations.deactivate');
  return await deactivation(can, (await params).slug, 'dialog');
}
