import { clsx } from 'clsx';
import type { IconName } from './icons';
import sprite from './icons.svg';

/** Named after the file's content, so that browsers keep it. */
const spriteHref: string = sprite.src;

/** A reference into the sprite: drawings in every row would be most of a list's markup. */
export function Icon({ name, className, label }: { name: IconName; className?: string; label?: string }) {
  return (
    <svg
      className={clsx('icon', className)}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <use href={`${spriteHref}#${name}`} />
    </svg>
  );
}
