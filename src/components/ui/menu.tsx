import { clsx } from 'clsx';
import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import type { PlainAction } from '@/lib/form-state';
import { Icon } from './icon';
import type { IconName } from './icons';
import { Popout } from './popout';

type MenuProps = {
  label: string;
  trigger?: ReactNode;
  triggerClassName?: string;
  align?: 'start' | 'end';
  children: ReactNode;
};

export function Menu({ children, ...popout }: MenuProps) {
  return (
    <Popout {...popout} panelClassName="w-max min-w-44 max-w-72 p-1">
      <ul aria-label={popout.label}>{children}</ul>
    </Popout>
  );
}

const itemClass =
  'flex min-h-8 w-full items-center gap-2.5 rounded-inner px-2.5 py-1.5 text-left text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2';

type ItemProps = { icon?: IconName; tone?: 'bad'; children: ReactNode };
type LinkProps = ItemProps & { href: string; 'data-shortcut'?: string };

export function MenuLink({ href, icon, tone, children, ...rest }: LinkProps) {
  return (
    <li>
      <Link
        {...rest}
        href={href}
        prefetch={false}
        className={clsx(itemClass, tone === 'bad' && 'text-bad-text hover:bg-bad-soft')}
      >
        {icon && <Icon name={icon} className={clsx('size-4', tone !== 'bad' && 'text-ink-soft')} />}
        {children}
      </Link>
    </li>
  );
}

type FormProps = ItemProps & { action: PlainAction; fields?: Record<string, string> };

export function MenuForm({ action, fields = {}, icon, tone, children }: FormProps) {
  return (
    <li>
      <form action={action}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" className={clsx(itemClass, tone === 'bad' && 'text-bad-text hover:bg-bad-soft')}>
          {icon && <Icon name={icon} className={clsx('size-4', tone !== 'bad' && 'text-ink-soft')} />}
          {children}
        </button>
      </form>
    </li>
  );
}

export function MenuDisabled({ icon, reason, children }: { icon?: IconName; reason: string; children: ReactNode }) {
  const reasonId = useId();
  return (
    <li>
      <button
        type="button"
        disabled
        aria-describedby={reasonId}
        className={clsx(itemClass, 'items-start hover:bg-transparent')}
      >
        {icon && <Icon name={icon} className="mt-0.5 size-4 text-ink-soft" />}
        <span className="min-w-0 text-ink-soft">
          {children}
          <span id={reasonId} className="block text-xs">
            {reason}
          </span>
        </span>
      </button>
    </li>
  );
}

export function MenuSeparator() {
  return <li aria-hidden="true" className="-mx-1 my-1 h-px bg-line" />;
}
