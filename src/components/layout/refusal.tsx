import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/** What stands where a page would be that is not there, or not theirs: the two are never told apart. */
export function NothingHere() {
  return (
    <div className="mx-auto max-w-xl py-10">
      <EmptyState
        kind="nothing-matches"
        title="There is nothing here"
        level="h1"
        action={<LinkButton href="/">Go home</LinkButton>}
      >
        The address may be mistyped, the record may be gone, or it is not yours to see.
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
        Your roles do not include what it needs. Somebody who manages access in your organization can change that.
      </EmptyState>
    </div>
  );
}
