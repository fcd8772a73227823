import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type Props = {
  title?: string;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  padded?: boolean;
  children: ReactNode;
};

export function Card({ title, description, actions, footer, padded = true, children }: Props) {
  return (
    <section data-card="" className="min-w-0 rounded-ui border border-line bg-surface">
      {(title || actions) && (
        <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-5 pt-4 pb-1">
          <div className="min-w-0">
            {title && <h2 className="font-semibold text-base leading-6">{title}</h2>}
            {description && <p className="max-w-prose text-ink-soft">{description}</p>}
          </div>
          {actions && (
            <div data-actions="" className="flex flex-wrap gap-2 print:hidden">
              {actions}
            </div>
          )}
        </header>
      )}
      <div className={clsx(padded && (title || actions ? 'px-5 pt-3 pb-5' : 'p-5'))}>{children}</div>
      {footer && <footer className="border-line border-t px-5 py-3 text-ink-soft">{footer}</footer>}
    </section>
  );
}
