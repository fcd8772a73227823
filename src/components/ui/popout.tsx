import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import { iconButtonClass } from './icon-button';

type Props = {
  label: string;
  /** Three dots by default. It is inside a `<summary>`, so it must not contain a button. */
  trigger?: ReactNode;
  triggerClassName?: string;
  panelClassName?: string;
  align?: 'start' | 'end';
  /** Open from the start, to show the result of a form inside it. */
  isOpen?: boolean;
  children: ReactNode;
};

/**
 * A panel that opens over the page. As a `<details>` it works without scripts; `MenuBehaviour` in the shell makes it
 * close by itself and float above everything.
 */
export function Popout({ label, trigger, triggerClassName, panelClassName, align = 'end', isOpen, children }: Props) {
  return (
    <details data-menu={align} open={isOpen} className="group/menu relative inline-block print:hidden">
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
