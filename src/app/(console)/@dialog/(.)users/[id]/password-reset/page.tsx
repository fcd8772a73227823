import type { Metadata } from 'next';
import { dialogPage } from '@/app/(console)/console-page';
import { passwordReset } from '@/app/(console)/users/[id]/password-reset/password-reset';
import { authorize } from '@/server/work';

export const metadata: Metadata = { title: 'Send password reset' };

export default dialogPage(PasswordResetDialog);

async function PasswordResetDialog({ params }: { params: Promise<{ id: string }> }) {
  const can = await authorize('users.read', 'users.reset-password');
  return await passwordReset(can, (await params).id, 'dialog');
}
