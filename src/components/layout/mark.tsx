export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" className={className}>
      <rect width="28" height="28" rx="8" className="fill-accent" />
      <g className="fill-none stroke-on-accent" strokeWidth="2.25" strokeLinecap="round" strokeLinejoin="round">
        <path d="m7.5 9.75 1.75 1.75L12.5 8" />
        <path d="M16 10h4.5" />
        <path d="M8 18.5h12.5" opacity=".6" />
        <path d="M8 14.25h12.5" opacity="0" />
      </g>
    </svg>
  );
}
