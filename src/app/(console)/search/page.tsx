import type { Metadata } from 'next';
import Form from 'next/form';
import { consolePage } from '@/app/(console)/console-page';
import { FindField } from '@/components/form/find-field';
import { PageHeader } from '@/components/layout/page-header';
import type { PaletteEntry } from '@/components/layout/palette-entries';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { findForPalette } from '@/features/palette/search.queries';
import { searchParam } from '@/lib/list-params';
import { isFoundBy } from '@/lib/other-words';
import type { SearchParams } from '@/lib/search-params';
import { authorize } from '@/server/work';
import { paletteFor } from '../navigation';

export const metadata: Metadata = { title: 'Search' };

export default consolePage(SearchPage);

/** What the palette finds, as a page. */
async function SearchPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const can = await authorize('account.own');
  const q = searchParam.parse((await searchParams).q) ?? '';
  const pages = paletteFor(can).filter(({ label }) => isFoundBy(label, q));
  const found: PaletteEntry[] = [...pages, ...(await findForPalette(can, q))];
  return (
    <>
      <PageHeader title="Search" description="People, organizations, groups, roles, pages and guides you may see." />
      <div className="max-w-3xl">
        <Form action="/search" prefetch={false}>
          <FindField
            name="q"
            label="Find anything"
            hint="Any part of a name, an address or a title."
            defaultValue={q}
          />
        </Form>
        <div className="mt-6 flex flex-col gap-5">
          {found.length === 0 && <p className="text-ink-soft">Nothing found. Try another part of the name.</p>}
          {[...Map.groupBy(found, ({ group }) => group)].map(([group, entries]) => (
            <Card key={group} title={group}>
              <ul className="flex flex-col gap-2">
                {entries.map(({ label, detail, href }) => (
                  <li key={href}>
                    <TextLink href={href}>{label}</TextLink>
                    {detail && <span className="block text-ink-soft text-xs">{detail}</span>}
                  </li>
                ))}
              </ul>
            </Card>
          ))}
        </div>
      </div>
    </>
  );
}
