'use client';

import type { ChangeEvent, ReactNode } from 'react';

export function SubmitOnChange({ children }: { children: ReactNode }) {
  const submit = (event: ChangeEvent<HTMLDivElement>) => {
    const { target } = event as unknown as { target: EventTarget };
    if (target instanceof HTMLSelectElement) target.form?.requestSubmit();
  };
  return <div onChange={submit}>{children}</div>;
}
