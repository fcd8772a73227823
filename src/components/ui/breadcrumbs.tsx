import { Icon } from './icon';
import { TextLink } from './text-link';

type Crumb = { label: string; href?: string };

export function Breadcrumbs({ items }: { items: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-1.5 print:hidden">
      <ol className="flex flex-wrap items-center gap-1 text-ink-soft text-xs wrap-anywhere">
        {items.map((item, index) => (
          <li key={item.label} className="inline-flex min-h-6 items-center gap-1">
            {index > 0 && <Icon name="chevron-right" className="size-3.5" />}
            {item.href ? (
              <TextLink href={item.href} quiet className="text-ink-soft! hover:text-ink!">
                {item.label}
              </TextLink>
            ) : (
              item.label
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
