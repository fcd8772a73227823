'use client';

/** The last word when a page fails: what happened, and a reference that is in the log. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry?: () => void }) {
  return (
    <main id="main" className="mx-auto max-w-xl px-4 py-16">
      <h1 className="font-semibold text-xl">Something went wrong on our side</h1>
      <p className="mt-2 text-ink-soft">
        Nothing was changed. Load the page again; if it keeps failing, tell your administrator this reference:{' '}
        <code>{error.digest ?? 'none'}</code>
      </p>
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
