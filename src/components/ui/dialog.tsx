'use client';

import { type ComponentProps, type ReactNode, useId } from 'react';
import { IconButton } from './icon-button';

type DialogProps = { title: string; children: ReactNode } & Omit<ComponentProps<'dialog'>, 'style' | 'title'>;

export function Dialog({ title, children, ...rest }: DialogProps) {
  const titleId = useId();
  return (
    <dialog
      {...rest}
      aria-labelledby={titleId}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(34rem,calc(100vw-2rem))] rounded-ui bg-surface text-ink shadow-raised"
    >
      <div className="flex items-center justify-between gap-4 border-line border-b py-3 pr-3 pl-5">
        <h2 id={titleId} className="font-semibold text-base">
          {title}
        </h2>
        {/* The browser closes the dialog when this form is sent. */}
        <form method="dialog">
          <IconButton type="submit" label="Close" icon="x" />
        </form>
      </div>
      <div className="p-5">{children}</div>
    </dialog>
  );
}
