import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/** For pages that do not exist and pages the reader may not see; the two must look the same. */
export function NothingHere() {
  return (
    <div className="mx-auto max-w-xl py-10">
      <EmptyState
        kind="nothing-matches"
        title="There is nothing here"
        level="h1"
        action={<LinkButton href="/">Go home</LinkButton>}
      >
        The address may be mistyped, the record may be gone, or you may not be allowed to see it.
      </EmptyState>
    </div>
  );
}

export function NotOpen() {
  return (
    <div className="mx-auto max-w-xl py-10">
      <EmptyState
        kind="not-allowed"
        title="This page is not open to you"
        level="h1"
        action={
          <>
            <LinkButton href="/account/access">See what you may do</LinkButton>
            <LinkButton href="/help/whom-to-ask">Whom to ask</LinkButton>
          </>
        }
      >
        Your roles do not allow it. An admin can change that.
      </EmptyState>
    </div>
  );
}
