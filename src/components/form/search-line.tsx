import { Button } from '../ui/button';

type Props = { id?: string; label: string; hint?: string; q: string };

/** The only field of a form with GET, whose results are links. */
export function SearchLine({ id = 'choice-search', label, hint, q }: Props) {
  const hintId = `${id}-hint`;
  return (
    <>
      <label htmlFor={id} className="font-medium text-sm leading-6">
        {label}
      </label>
      {hint && (
        <p id={hintId} className="text-ink-soft">
          {hint}
        </p>
      )}
      <div className="mt-1.5 flex gap-2">
        {/* Keyed by its value, so that the back button empties it too. */}
        <input
          key={q}
          id={id}
          type="search"
          name="q"
          defaultValue={q}
          aria-describedby={hint && hintId}
          autoComplete="off"
          enterKeyHint="search"
          className="control min-w-0 flex-1"
        />
        <Button type="submit" size="lg" icon="search">
          Search
        </Button>
      </div>
    </>
  );
}
