import { z } from 'zod';
import { dayParam, param, timeCursorParam, wordParam } from '@/lib/list-params';
import type { SearchParams } from '@/lib/search-params';

export const emailStates = ['pending', 'sending', 'sent', 'failed', 'unknown', 'unsent'] as const;
export type EmailState = (typeof emailStates)[number];

const emailFilterSchema = z.object({
  state: param(z.enum(emailStates)),
  template: wordParam,
  recipient: wordParam,
  from: dayParam,
  to: dayParam,
  before: timeCursorParam,
  after: timeCursorParam,
});

export type EmailFilter = z.output<typeof emailFilterSchema>;

export function readEmailFilter(params: SearchParams): EmailFilter {
  return emailFilterSchema.parse({ ...params, recipient: params.to, from: params.timeFrom, to: params.timeTo });
}

export const stateWords: Record<EmailState, string> = {
  pending: 'Queued',
  sending: 'Sending',
  sent: 'Sent',
  failed: 'Failed',
  unknown: 'Unknown',
  unsent: 'Not sent',
};

export function templateWords(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
