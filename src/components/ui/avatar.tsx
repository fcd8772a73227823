import { clsx } from 'clsx';

type Props = { name: string; email?: string; size?: 'sm' | 'md' | 'lg'; tone?: number };

/** Hidden from screen readers, because the name is always written beside it. `tone` is `avatarTone(id)`; without it, it is grey. */
export function Avatar({ name, email, size = 'sm', tone }: Props) {
  return (
    <span
      aria-hidden="true"
      className={clsx('avatar', size !== 'sm' && `avatar-${size}`, tone !== undefined && `avatar-${tone}`)}
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
