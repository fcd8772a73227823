'use client';

import { useContext } from 'react';
import { Notice } from '../ui/notice';
import { ConflictChange } from './conflict-change';
import { FormContext } from './form-context';

type Props = {
  timeZone: string;
  title?: string;
  /** What the fields below hold now, and what to do. */
  next?: string;
};

/** What others saved since the form was opened. */
export function ConflictNotice({
  timeZone,
  title = 'Saved while you were editing',
  next = 'Below is what you typed. Save again to replace what is there now.',
}: Props) {
  const { state } = useContext(FormContext);
  if (!state.conflict) return null;
  return (
    <Notice tone="warn" title={title}>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {state.conflict.changes.map((change) => (
          <li key={change.field}>
            <ConflictChange change={change} timeZone={timeZone} />
          </li>
        ))}
      </ul>
      <p className="mt-2">{next}</p>
    </Notice>
  );
}
