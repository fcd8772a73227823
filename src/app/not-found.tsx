import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-16">
      <EmptyState
        kind="nothing-matches"
        title="There is nothing here"
        action={<LinkButton href="/">Go home</LinkButton>}
      >
        The address may be mistyped, the record may be gone, or it is not yours to see.
      </EmptyState>
    </main>
  );
}
