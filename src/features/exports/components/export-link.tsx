import { LinkButton } from '@/components/ui/button';
import { type Address, hrefWith } from '@/lib/search-params';

/** From a list to the page that makes a file of it, filters and order with it. */
export function ExportLink({ address: { path, params } }: { address: Address }) {
  const { size: _size, problem: _problem, ...rest } = params;
  return (
    <LinkButton
      href={hrefWith({ path: `${path}/export`, params: rest }, { after: null, before: null })}
      icon="download"
    >
      Export
    </LinkButton>
  );
}
