import { clsx } from 'clsx';
import Link from 'next/link';
import { ScrollToCurrent } from './scroll-to-current';

type Tab = { href: string; label: string; count?: string };

export function Tabs({ label, current, tabs }: { label: string; current: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="border-line border-b print:hidden">
      <ul className="-mb-px flex gap-1 overflow-x-auto overflow-y-hidden pt-1 pl-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              scroll={false}
              aria-current={tab.href === current ? 'page' : undefined}
              className={clsx(
                'flex h-10 items-center gap-2 whitespace-nowrap border-b-2 px-3 font-medium transition-colors focus-visible:-outline-offset-2',
                tab.href === current
                  ? 'border-accent text-ink'
                  : 'border-transparent text-ink-soft hover:border-line-strong hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count && (
                <span className="rounded-full bg-hover px-1.5 text-ink-soft text-xs leading-5">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <ScrollToCurrent current={current} />
    </nav>
  );
}
