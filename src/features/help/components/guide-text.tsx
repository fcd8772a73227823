import type { ReactNode } from 'react';
import { PageHeader } from '@/components/layout/page-header';
import type { Guide } from '../guides.schema';

export function GuideText({ guide, children }: { guide: Guide; children?: ReactNode }) {
  return (
    <article>
      <PageHeader
        title={guide.title}
        description={guide.summary}
        breadcrumbs={[{ label: 'Help', href: '/help' }, { label: guide.title }]}
      />
      <nav aria-label="In this guide" className="mb-8 rounded-ui border border-line bg-sunken px-5 py-3.5 print:hidden">
        <ul className="grid gap-x-8 gap-y-1 sm:grid-cols-2">
          {guide.parts.map(({ id, title }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="text-accent-text underline decoration-accent-text/35 underline-offset-[3px]"
              >
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
      <div className="grid gap-8">
        {guide.parts.map(({ id, title, body }) => (
          <section key={id} id={id} className="scroll-mt-20">
            <h2 className="mb-2 font-semibold text-base">{title}</h2>
            <div className="guide">{body}</div>
          </section>
        ))}
      </div>
    </article>
  );
}
