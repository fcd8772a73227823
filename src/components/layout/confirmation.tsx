import type { ComponentProps, ReactNode } from 'react';
import { PageDialog } from './page-dialog';
import { PageHeader } from './page-header';

/** Opened by its own address it is a page; from a link in the console, a dialog over that page (slot `@dialog`). */
export type ShownAs = 'page' | 'dialog';

type Props = Pick<ComponentProps<typeof PageHeader>, 'title' | 'breadcrumbs'> & { as: ShownAs; children: ReactNode };

export function Confirmation({ as, title, breadcrumbs, children }: Props) {
  if (as === 'dialog') return <PageDialog title={title}>{children}</PageDialog>;
  return (
    <>
      <PageHeader title={title} breadcrumbs={breadcrumbs} />
      {children}
    </>
  );
}
