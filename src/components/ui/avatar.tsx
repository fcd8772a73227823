import { clsx } from 'clsx';

const sizes = { sm: 'size-7 text-[11px]', md: 'size-8 text-xs', lg: 'size-12 text-base' };

type Props = { name: string; email?: string; size?: keyof typeof sizes };

/** Hidden from screen readers, because the name is always written beside it. */
export function Avatar({ name, email, size = 'sm' }: Props) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-flex shrink-0 select-none items-center justify-center rounded-full bg-pressed font-semibold text-ink-soft ring-1 ring-line ring-inset',
        sizes[size],
      )}
    >
      {initials(name || email || '')}
    </span>
  );
}

/** By grapheme, because a letter may be several code points. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return picked.map(firstLetter).join('').toLocaleUpperCase('en') || '?';
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function firstLetter(word: string | undefined): string {
  for (const { segment } of graphemes.segment(word ?? '')) return segment;
  return '';
}
