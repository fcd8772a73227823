'use client';

import { type ReactNode, useContext } from 'react';
import { FormContext } from '@/components/form/form-context';
import { Icon } from '@/components/ui/icon';

export function NewGroup({ children }: { children: ReactNode }) {
  const { state } = useContext(FormContext);
  const names = ['newGroupName', 'newGroupRoles'];
  const isUsed = names.some((name) => state.fieldErrors[name] || String(state.values[name] ?? '') !== '');
  return (
    <details open={isUsed || undefined} className="group/new rounded-ui border border-line px-4 py-3">
      <summary className="flex cursor-pointer items-center gap-2 font-medium text-[15px] leading-6">
        <Icon name="chevron-right" className="text-ink-soft group-open/new:rotate-90" />
        New group
      </summary>
      <div className="mt-4 flex flex-col gap-6">{children}</div>
    </details>
  );
}
