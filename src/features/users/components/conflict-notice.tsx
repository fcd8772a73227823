'use client';

import { useContext } from 'react';
import { ConflictChange } from '@/components/form/conflict-change';
import { FormContext } from '@/components/form/form-context';
import { Notice } from '@/components/ui/notice';

export function ConflictNotice({ timeZone }: { timeZone: string }) {
  const { state } = useContext(FormContext);
  if (!state.conflict) return null;
  const { changes, choices } = state.conflict;
  return (
    <Notice tone="warn" title="Saved while you were editing">
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {changes.map((change) => (
          <li key={change.field}>
            <ConflictChange change={change} timeZone={timeZone} />
          </li>
        ))}
      </ul>
      <p className="mt-2">
        {choices.length > 0
          ? 'You changed some of the same fields. Choose below what to keep, then save.'
          : 'You changed other fields. Save again to keep both.'}
      </p>
    </Notice>
  );
}
