import { Fail } from '@/server/fail';
import type { BulkAction, ConfirmBulk } from './plan.schema';

/** Cancelling more than this needs the number typed, because it cannot be undone. */
const maxWithoutTyping = 10;

export function mustTypeNumber(action: BulkAction, total: number): boolean {
  return action === 'cancel' && total > maxWithoutTyping;
}

/** Only digits count, so "1,204" and "1 204" both match the number on the page. */
export function assertTyped(action: BulkAction, total: number, { typed = '' }: Pick<ConfirmBulk, 'typed'>) {
  if (!mustTypeNumber(action, total) || typed.replace(/[\s,.’']/g, '') === String(total)) return;
  const sentence = `Type ${total.toLocaleString('en-US')}, the number of invitations to cancel.`;
  throw new Fail('input', { errors: { typed: [sentence] } });
}
