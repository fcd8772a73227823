import { Button } from '@/components/ui/button';

type Props = { label: string; hint: string; q: string };

export function SearchLine({ label, hint, q }: Props) {
  return (
    <>
      <label htmlFor="choice-search" className="font-medium text-sm">
        {label}
      </label>
      <p id="choice-search-hint" className="text-ink-soft">
        {hint}
      </p>
      <div className="mt-1.5 flex gap-2">
        {/* Keyed by its value, so that the back button empties it too. */}
        <input
          key={q}
          id="choice-search"
          type="search"
          name="q"
          defaultValue={q}
          aria-describedby="choice-search-hint"
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
