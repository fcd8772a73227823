import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/text-link';
import type { MembershipCard } from '../list.queries';

export function WhichMembership({ path, memberships }: { path: string; memberships: MembershipCard[] }) {
  if (memberships.length === 0) {
    return (
      <EmptyState kind="nothing-yet" title="In no organization">
        There is no membership here that you can change.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-2">In which organization?</p>
      <ul className="flex flex-col gap-2">
        {memberships.map(({ organization: { id, name, slug } }) => (
          <li key={id}>
            <TextLink href={`${path}?organization=${encodeURIComponent(slug)}`}>{name}</TextLink>
          </li>
        ))}
      </ul>
    </>
  );
}
