import type { StatusLook } from './status';

const looks = {
  preparing: { tone: 'info', word: 'Checking' },
  ready: { tone: 'warn', word: 'Ready for review' },
  applying: { tone: 'info', word: 'In progress' },
  done: { tone: 'good', word: 'Done' },
  cancelled: { tone: 'neutral', word: 'Cancelled' },
  failed: { tone: 'bad', word: 'Failed' },
} satisfies Record<string, StatusLook>;

export function planLook(state: keyof typeof looks, word?: string): StatusLook {
  return { ...looks[state], ...(word && { word }) };
}
