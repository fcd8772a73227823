import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { Icon } from './icon';
import type { IconName } from './icons';

export const iconButtonClass =
  'inline-flex size-8 shrink-0 items-center justify-center rounded-ui text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-expanded:bg-hover';

type Props = { label: string; icon: IconName } & Omit<ComponentProps<'button'>, 'children' | 'style'>;

export function IconButton({ label, icon, className, ...rest }: Props) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={clsx(iconButtonClass, className)}>
      <Icon name={icon} />
    </button>
  );
}
