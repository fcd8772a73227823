import type { ReactNode } from 'react';
import { MenuBehaviour } from '../ui/menu-behaviour';
import { TextLink } from '../ui/text-link';
import { Mark } from './mark';

type Props = {
  title: string;
  description?: ReactNode;
  product?: string;
  organization?: string;
  footer?: ReactNode;
  children: ReactNode;
};

export function PublicCard({ title, description, product = 'Rollcall', organization, footer, children }: Props) {
  return (
    <main id="main" className="flex min-h-dvh flex-col items-center px-4 py-10 sm:pt-[14vh]">
      <div className="w-full max-w-[26rem]">
        <p className="mb-6 flex items-center justify-center gap-2.5 font-semibold text-base tracking-tight">
          <Mark />
          {organization ?? product}
        </p>
        <div className="rounded-ui border-accent border-t-3 bg-surface px-6 py-7 shadow-raised sm:px-8">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {description && <div className="mt-1 text-base text-ink-soft leading-6">{description}</div>}
          <div className="mt-6">{children}</div>
        </div>
        <div className="mt-5 flex flex-wrap justify-center gap-x-5 gap-y-2 text-ink-soft">
          {footer}
          <TextLink href="/help/signing-in">Help with signing in</TextLink>
        </div>
        {organization && <p className="mt-8 text-center text-ink-soft text-xs">Runs on {product}</p>}
      </div>
      <MenuBehaviour />
    </main>
  );
}
