import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import { iconButtonClass } from './icon-button';

type Props = {
  label: string;
  /** Three dots by default. It is inside a `<summary>`, so it must not contain a button. */
  trigger?: ReactNode;
  triggerClassName?: string;
  className?: string;
  panelClassName?: string;
  align?: 'start' | 'end';
  isOpen?: boolean;
  children: ReactNode;
};

/** A `<details>`, so it works without scripts; `MenuBehaviour` in the shell closes and floats it. */
export function Popout({
  label,
  trigger,
  triggerClassName,
  className,
  panelClassName,
  align = 'end',
  isOpen,
  children,
}: Props) {
  return (
    <details
      data-menu={align}
      open={isOpen}
      className={clsx('group/menu relative inline-block print:hidden', className)}
    >
      <summary
        title={trigger ? undefined : label}
        aria-label={trigger ? undefined : label}
        className={clsx(triggerClassName ?? iconButtonClass, 'group-open/menu:bg-hover')}
      >
        {trigger ?? <Icon name="ellipsis" />}
      </summary>
      <div
        data-menu-panel=""
        className={clsx(
          'rounded-ui bg-surface text-left shadow-raised',
          align === 'end' ? 'right-0' : 'left-0',
          panelClassName,
        )}
      >
        {children}
      </div>
    </details>
  );
}
