'use client';

import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import type { PlainAction } from '@/lib/form-state';
import { buttonClass } from '../ui/button';
import { Icon } from '../ui/icon';
import { Dropdown } from './dropdown';

type ChoosableColumn = { key: string; label: string; checked: boolean; fixed?: boolean };

type Props = {
  /** The page that shows it open: where its button leads without scripts. */
  href: string;
  isOpen: boolean;
  columns: ChoosableColumn[];
  density: 'comfortable' | 'compact';
  size?: { current: number; options: number[] };
  /** Receives `columns` (several), `density`, `returnTo` and, if offered, `size`. */
  action: PlainAction;
  returnTo: string;
};

export function ColumnChooser({ href, isOpen, ...form }: Props) {
  return (
    <Dropdown
      href={href}
      isOpen={isOpen}
      label="Columns"
      align="end"
      triggerClassName={buttonClass('quiet', 'sm')}
      trigger={
        <>
          <Icon name="columns" />
          Columns
        </>
      }
      panelClassName="right-0 w-60 p-2"
    >
      {(close) => <ColumnForm {...form} close={close} />}
    </Dropdown>
  );
}

type FormProps = Omit<Props, 'href' | 'isOpen'> & { close: () => void };

function ColumnForm({ columns, density, size, action, returnTo, close }: FormProps) {
  return (
    <form action={action} onSubmit={() => setTimeout(close)}>
      <input type="hidden" name="returnTo" value={returnTo} />
      <fieldset>
        <legend className="px-2 pt-1 pb-1.5 font-semibold text-ink-soft">Columns</legend>
        {columns.map((column) => (
          <Line
            key={column.key}
            label={column.label}
            type="checkbox"
            name="columns"
            value={column.key}
            defaultChecked={column.checked || column.fixed}
            disabled={column.fixed}
          />
        ))}
      </fieldset>
      <fieldset className="mt-2 border-line border-t pt-2">
        <legend className="sr-only">Row height</legend>
        {(['comfortable', 'compact'] as const).map((each) => (
          <Line
            key={each}
            label={each === 'compact' ? 'Compact rows' : 'Comfortable rows'}
            type="radio"
            name="density"
            value={each}
            defaultChecked={density === each}
          />
        ))}
      </fieldset>
      {size && <Sizes {...size} />}
      <button type="submit" className={clsx(buttonClass('primary', 'sm'), 'mt-2 w-full')}>
        Save columns
      </button>
    </form>
  );
}

function Sizes({ current, options }: NonNullable<Props['size']>) {
  return (
    <fieldset className="mt-2 border-line border-t pt-2">
      <legend className="float-left px-2 pb-1 text-ink-soft text-xs">Rows on a page</legend>
      <div className="clear-left flex">
        {options.map((option) => (
          <Line
            key={option}
            label={String(option)}
            type="radio"
            name="size"
            value={option}
            defaultChecked={option === current}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Line({ label, ...input }: { label: string } & Omit<ComponentProps<'input'>, 'children'>) {
  return (
    <label className="flex min-h-8 items-center gap-2.5 rounded-inner px-2 hover:bg-hover">
      <input {...input} className="tick" />
      {label}
    </label>
  );
}
