import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import { iconButtonClass } from './icon-button';

type Props = {
  label: string;
  /** What is pressed. It lies inside a summary, so it holds no button of its own. Three dots unless given. */
  trigger?: ReactNode;
  triggerClassName?: string;
  panelClassName?: string;
  align?: 'start' | 'end';
  /** Open from the start: an answer to what was asked inside it. */
  isOpen?: boolean;
  children: ReactNode;
};

/**
 * Something that opens over the page. It is a `<details>`, so it works without scripts; `MenuBehaviour` in the shell
 * makes it close by itself and float above everything.
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
