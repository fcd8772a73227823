import { clsx } from 'clsx';

/** A grey place for what is on its way, sized by classes. Shows only after 300 ms. */
export function Skeleton({ className = 'h-4 w-full', round }: { className?: string; round?: boolean }) {
  const shape = round ? 'rounded-full' : 'rounded-ui';
  return <span aria-hidden="true" className={clsx('skeleton block bg-pressed', shape, className)} />;
}

/** The place of a table, as high as the table will be, so that nothing shifts when it comes. */
export function SkeletonTable({ rows, label = 'Loading' }: { rows: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="rounded-ui border border-line bg-surface">
      <div className="h-10 border-line border-b" />
      {Array.from({ length: rows }, (_, index) => index).map((row) => (
        <div key={row} className="flex h-13 items-center gap-4 border-line border-b px-4 last:border-0">
          <Skeleton round className="size-8" />
          <Skeleton className="h-3.5 w-1/4" />
          <Skeleton className="h-3.5 w-1/6" />
          <Skeleton className="ml-auto h-3.5 w-24" />
        </div>
      ))}
    </div>
  );
}
