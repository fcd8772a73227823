import type { ComponentProps, ReactNode } from 'react';
import { Breadcrumbs } from '../ui/breadcrumbs';

type Props = {
  title: string;
  description?: ReactNode;
  breadcrumbs?: ComponentProps<typeof Breadcrumbs>['items'];
  status?: ReactNode;
  lead?: ReactNode;
  primary?: ReactNode;
  secondary?: ReactNode;
};

export function PageHeader({ title, description, breadcrumbs, status, lead, primary, secondary }: Props) {
  return (
    <header className="mb-5">
      {breadcrumbs && <Breadcrumbs items={breadcrumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 items-center gap-4">
          {lead}
          <div className="min-w-0">
            <div className="flex flex-wrap items-center gap-x-3">
              <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight md:text-2xl">{title}</h1>
              {status}
            </div>
            {description && <div className="max-w-prose text-ink-soft">{description}</div>}
          </div>
        </div>
        {(primary || secondary) && (
          <div data-actions="" className="flex flex-wrap items-center gap-2 print:hidden">
            {secondary}
            {primary}
          </div>
        )}
      </div>
    </header>
  );
}
