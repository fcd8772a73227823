'use client';

import { unavailableDigest } from '@/lib/database-unavailable';

type Props = { error: Error & { digest?: string }; retry?: () => void };

export default function ErrorPage({ error, retry }: Props) {
  const isUnavailable = error.digest === unavailableDigest;
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-16">
      <h1 className="font-semibold text-xl">
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
    </main>
  );
}
