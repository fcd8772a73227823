import { LinkButton } from '@/components/ui/button';
import { type Address, hrefWith } from '@/lib/search-params';

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
