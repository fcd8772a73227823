'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { type Count, formatCount } from '@/lib/counts';
import type { PlainAction } from '@/lib/form-state';
import { buttonClass } from '../ui/button';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import type { IconName } from '../ui/icons';
import { useSelection } from './use-selection';

type BulkAction = {
  label: string | ((chosen: Count | null) => string);
  value: string;
  icon?: IconName;
  tone?: 'danger';
  action?: PlainAction;
};

type Props = {
  formId: string;
  name?: string;
  action?: PlainAction;
  method?: 'get' | 'post';
  actions: BulkAction[];
  /** How many match the filter. "Select all" sends `all=1` with the filter instead of ids. */
  total: Count;
  filter?: [name: string, value: string][];
};

export function SelectionBar({ formId, name = 'ids', action, method, actions, total, filter = [] }: Props) {
  const { selected, onPage, clear } = useSelection(formId, name);
  const [wantsAll, setWantsAll] = useState(false);
  const isEverything = wantsAll && selected > 0;
  const canTakeAll = selected > 0 && (typeof total !== 'number' || total > onPage);
  const chosen = isEverything ? total : selected > 0 ? selected : null;
  const says = isEverything ? `All ${formatCount(total)} selected` : `${formatCount(selected)} selected`;
  return (
    <>
      <p role="status" className="sr-only">
        {selected > 0 && says}
      </p>
      <form
        id={formId}
        aria-label="Bulk actions"
        action={action}
        // React decides the method of a form whose action is a function.
        method={typeof action === 'function' ? undefined : method}
        className={clsx(
          'sticky bottom-3 z-20 mx-auto mt-3 w-fit max-w-full flex-wrap items-center gap-x-4 gap-y-2 rounded-ui bg-surface py-2 pr-2 pl-4 shadow-raised noscript:flex print:hidden',
          selected > 0 ? 'flex' : 'hidden',
        )}
      >
        {filter.map(([field, value]) => (
          <input key={`${field} ${value}`} type="hidden" name={field} value={value} />
        ))}
        <span className="font-semibold tabular-nums noscript:hidden">{says}</span>
        <label
          className={clsx(
            'items-center gap-2 py-1 text-accent-text noscript:inline-flex',
            canTakeAll ? 'inline-flex' : 'hidden',
          )}
        >
          <input
            type="checkbox"
            name="all"
            value="1"
            checked={isEverything}
            onChange={(event) => setWantsAll(event.target.checked)}
            className="tick"
          />
          Select all {formatCount(total)} that match
        </label>
        <div className="flex flex-wrap items-center gap-2">
          {actions.map((each) => (
            <button
              key={each.value}
              type="submit"
              name="do"
              value={each.value}
              formAction={each.action}
              className={buttonClass(each.tone ?? 'secondary', 'sm')}
            >
              {each.icon && <Icon name={each.icon} />}
              {typeof each.label === 'string' ? each.label : each.label(chosen)}
            </button>
          ))}
          <IconButton label="Clear selection" icon="x" onClick={clear} className="noscript:hidden" />
        </div>
      </form>
    </>
  );
}
