import { clsx } from 'clsx';
import Link from 'next/link';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { Icon } from './icon';
import type { IconName } from './icons';

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'sm' | 'md' | 'lg';

// A transparent border is drawn where the system's colours take the place of grounds.
const tones: Record<ButtonTone, string> = {
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line bg-surface text-ink hover:border-line-strong hover:bg-hover',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink',
  danger: 'border border-transparent bg-bad-solid text-on-accent hover:brightness-90',
};

const sizes: Record<ButtonSize, string> = {
  sm: 'h-8 gap-1.5 whitespace-nowrap px-2.5 text-sm',
  md: 'h-9 gap-2 whitespace-nowrap px-3.5 text-sm',
  // A confirmation says whom or what it concerns, and a name may have 100 letters.
  lg: 'min-h-11 max-w-full gap-2 px-5 py-2 text-base wrap-anywhere',
};

export function buttonClass(tone: ButtonTone = 'secondary', size: ButtonSize = 'md'): string {
  return clsx('button', tones[tone], sizes[size]);
}

type Look = { tone?: ButtonTone; size?: ButtonSize; icon?: IconName };

type ButtonProps = Look & {
  disabledReason?: string;
} & Omit<ComponentProps<'button'>, 'disabled' | 'style'>;

export function Button({ tone, size, icon, disabledReason, className, children, ...rest }: ButtonProps) {
  const reasonId = useId();
  const button = (
    <button
      type="button"
      {...rest}
      {...(disabledReason && { disabled: true, 'aria-disabled': true, 'aria-describedby': reasonId })}
      className={clsx(buttonClass(tone, size), className)}
    >
      <Face icon={icon}>{children}</Face>
    </button>
  );
  if (!disabledReason) return button;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-3 gap-y-1">
      {button}
      <span id={reasonId} className="text-ink-soft text-sm">
        {disabledReason}
      </span>
    </span>
  );
}

type LinkButtonProps = Look & { href: string; className?: string; children: ReactNode } & Pick<
    ComponentProps<typeof Link>,
    'id' | 'rel' | 'target' | 'aria-label' | 'scroll' | 'replace'
  > & { 'data-shortcut'?: string; download?: boolean };

export function LinkButton({ tone, size, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link prefetch={false} {...rest} className={clsx(buttonClass(tone, size), className)}>
      <Face icon={icon}>{children}</Face>
    </Link>
  );
}

function Face({ icon, children }: { icon: IconName | undefined; children: ReactNode }) {
  return (
    <>
      {icon && <Icon name={icon} className="-ml-0.5 size-4" />}
      {children}
    </>
  );
}
