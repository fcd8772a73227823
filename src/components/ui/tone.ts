/** The neutral, the accent and the four states. A tone is never the only sign of a meaning. */
export type Tone = 'neutral' | 'accent' | 'info' | 'good' | 'warn' | 'bad';

/** Ground and text of something small in a tone. */
export const tinted: Record<Tone, string> = {
  neutral: 'bg-pressed text-ink-soft',
  accent: 'bg-accent-soft text-accent-text',
  info: 'bg-info-soft text-info-text',
  good: 'bg-good-soft text-good-text',
  warn: 'bg-warn-soft text-warn-text',
  bad: 'bg-bad-soft text-bad-text',
};

/** The plain mark of a tone: dots, bars. */
export const solid: Record<Tone, string> = {
  neutral: 'bg-line-strong',
  accent: 'bg-accent',
  info: 'bg-info',
  good: 'bg-good',
  warn: 'bg-warn',
  bad: 'bg-bad',
};
