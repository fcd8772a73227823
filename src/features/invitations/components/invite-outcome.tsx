'use client';

import { type ReactNode, useContext } from 'react';
import { FormContext } from '@/components/form/form-context';
import { buttonClass, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';

/** The form's fields, or in their place the generated password: it is shown here and never again. */
export function InviteOutcome({ children }: { children: ReactNode }) {
  const { once } = useContext(FormContext).state;
  if (!once) return children;
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="good" title="The account is ready">
        Note the password now, because it is shown only once. It works until {once.until} and must be changed at the
        first sign-in. After that time, this person chooses one with “Forgot your password?” on the sign-in page.
      </Notice>
      <div>
        <p className="font-medium text-[15px] leading-6">{once.label}</p>
        <output className="mt-1.5 block select-all rounded-ui border border-line bg-sunken px-4 py-3 font-mono text-lg">
          {once.value}
        </output>
      </div>
      <div className="flex flex-wrap gap-3">
        <LinkButton href={once.next} tone="primary" size="lg">
          Open their page
        </LinkButton>
        {/* A plain link reloads the page, so that the form starts again without the password. */}
        <a href="/users/new" className={buttonClass('secondary', 'lg')}>
          Add another user
        </a>
      </div>
    </div>
  );
}
