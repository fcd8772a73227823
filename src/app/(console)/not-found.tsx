import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <div className="mx-auto max-w-xl py-10">
      <EmptyState
        kind="nothing-matches"
        title="There is nothing here"
        action={<LinkButton href="/">Go home</LinkButton>}
      >
        The address may be mistyped, the record may be gone, or it is not yours to see.
      </EmptyState>
    </div>
  );
}
