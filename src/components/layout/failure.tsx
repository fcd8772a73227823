import { unavailableDigest } from '@/lib/database-unavailable';

export type FailureProps = { error: Error & { digest?: string }; retry?: () => void };

/** What an error boundary shows: in the console, inside its frame. */
export function Failure({ error, retry }: FailureProps) {
  const isUnavailable = error.digest === unavailableDigest;
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1 className="font-semibold text-xl tracking-tight">
        {isUnavailable ? 'Rollcall is not available at the moment' : 'Something went wrong on our side'}
      </h1>
      {isUnavailable ? (
        <p className="mt-2 text-ink-soft">
          Its database cannot be reached. This usually passes within seconds: wait a moment, then try again.
        </p>
      ) : (
        <p className="mt-2 text-ink-soft">
          Load the page again. If you were saving something, first check whether it was saved. If it keeps failing, tell
          an admin this reference: <code>{error.digest ?? 'none'}</code>
        </p>
      )}
      <p className="mt-4 flex gap-4">
        {retry && (
          <button type="button" onClick={retry} className="font-medium text-accent-text underline">
            Try again
          </button>
        )}
        <a href="/" className="font-medium text-accent-text underline">
          Go home
        </a>
      </p>
    </div>
  );
}
