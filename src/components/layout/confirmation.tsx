import type { ComponentProps, ReactNode } from 'react';
import { PageDialog } from './page-dialog';
import { PageHeader } from './page-header';

/** By its own address a confirmation is a page; opened from a link of the console it lies over the page of the link. */
export type ShownAs = 'page' | 'dialog';

type Props = Pick<ComponentProps<typeof PageHeader>, 'title' | 'breadcrumbs'> & { as: ShownAs; children: ReactNode };

/** The frame of what is asked before a deed. */
export function Confirmation({ as, title, breadcrumbs, children }: Props) {
  if (as === 'dialog') return <PageDialog title={title}>{children}</PageDialog>;
  return (
    <>
      <PageHeader title={title} breadcrumbs={breadcrumbs} />
      {children}
    </>
  );
}
