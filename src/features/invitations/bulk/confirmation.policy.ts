import { Fail } from '@/server/fail';
import type { BulkAction, ConfirmBulk } from './plan.schema';

/** Above this many, the number is typed before invitations are cancelled: it cannot be taken back. */
const freely = 10;

export function mustTypeNumber(action: BulkAction, total: number): boolean {
  return action === 'cancel' && total > freely;
}

/** Digits alone count, so that "1,204" and "1 204" are the number that the page shows. */
export function assertTyped(action: BulkAction, total: number, { typed = '' }: Pick<ConfirmBulk, 'typed'>) {
  if (!mustTypeNumber(action, total) || typed.replace(/[\s,.’']/g, '') === String(total)) return;
  const sentence = `Type ${total.toLocaleString('en-US')}, the number of invitations that end.`;
  throw new Fail('input', { errors: { typed: [sentence] } });
}
