import type { Metadata } from 'next';
import { consolePage } from '@/app/(console)/console-page';
import { authorize } from '@/server/work';
import { passwordReset } from './password-reset';

export const metadata: Metadata = { title: 'Send password reset' };

export default consolePage(PasswordResetPage);

async function PasswordResetPage({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.reset-password');
  return await passwordReset(can, (await params).id, 'page');
}
