import { reasonMaxChars } from '@/lib/reason';
import { Textarea } from './textarea';

export function ReasonField({ hint = 'For the audit log.' }: { hint?: string }) {
  return <Textarea name="reason" label="Reason" hint={hint} optional rows={2} maxLength={reasonMaxChars} />;
}
