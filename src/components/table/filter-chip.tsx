'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { Icon } from '../ui/icon';
import { Dropdown } from './dropdown';
import { FilterPanel } from './filter-panel';
import type { Chip } from './list-filter';

export function FilterChip({ chip, path }: { chip: Chip; path: string }) {
  const { filter, summary, openHref, removeHref, isOpen } = chip;
  return (
    <span className={clsx('chip', summary && 'chip-set')}>
      <Dropdown
        // Another address is another choice, and closes the panel.
        key={removeHref + summary + isOpen}
        href={openHref}
        isOpen={isOpen}
        label={filter.label}
        triggerClassName="chip-button"
        panelClassName="w-72"
        trigger={
          <>
            {!summary && <Icon name="plus" />}
            <span className="truncate">{summary ? `${filter.label}: ${summary}` : filter.label}</span>
          </>
        }
      >
        {(close) => <FilterPanel chip={chip} path={path} close={close} />}
      </Dropdown>
      {summary && (
        <Link
          href={removeHref}
          prefetch={false}
          scroll={false}
          aria-label={`Remove filter ${filter.label}`}
          className="chip-remove"
        >
          <Icon name="x" />
        </Link>
      )}
    </span>
  );
}
