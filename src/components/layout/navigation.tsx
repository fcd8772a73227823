'use client';

import { type NavItem, NavLink } from './nav-link';

export type NavSection = { label?: string; items: NavItem[] };

/** A client component, because it is on each page twice: as data its sections are sent once. */
export function Navigation({ sections }: { sections: NavSection[] }) {
  return (
    <nav aria-label="Console">
      {sections.map((section) => (
        <div key={section.label ?? section.items[0]?.href} className="mb-4 last:mb-0">
          {section.label && <p className="px-2.5 pb-1 font-medium text-ink-soft text-xs leading-6">{section.label}</p>}
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLink {...item} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
