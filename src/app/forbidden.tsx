import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

export default function Forbidden() {
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-16">
      <EmptyState
        kind="not-allowed"
        title="This page is not open to you"
        action={<LinkButton href="/account">Go to my account</LinkButton>}
      >
        Your roles do not include what it needs. Somebody who manages access in your organization can change that.
      </EmptyState>
    </main>
  );
}
