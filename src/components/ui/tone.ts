/** A tone must never be the only sign of a meaning. */
export type Tone = 'neutral' | 'accent' | 'info' | 'good' | 'warn' | 'bad';

export const tinted: Record<Tone, string> = {
  neutral: 'bg-pressed text-ink-soft',
  accent: 'bg-accent-soft text-accent-text',
  info: 'bg-info-soft text-info-text',
  good: 'bg-good-soft text-good-text',
  warn: 'bg-warn-soft text-warn-text',
  bad: 'bg-bad-soft text-bad-text',
};

export const solid: Record<Tone, string> = {
  neutral: 'bg-line-strong',
  accent: 'bg-accent',
  info: 'bg-info',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
};
