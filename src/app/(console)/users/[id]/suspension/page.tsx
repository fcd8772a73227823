import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { suspension } from './suspension';

export const metadata: Metadata = { title: 'Suspension' };

export default consolePage(SuspensionPage);

async function SuspensionPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.suspend');
  return await suspension(can, (await params).id, 'page');
}
