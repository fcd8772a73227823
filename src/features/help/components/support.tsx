import { env } from '@/server/env';

export function Support() {
  const { SUPPORT_EMAIL } = env();
  if (!SUPPORT_EMAIL) return null;
  return (
    <p className="mt-10 border-line border-t pt-4 text-ink-soft">
      Still stuck? Write to{' '}
      <a href={`mailto:${SUPPORT_EMAIL}`} className="text-accent-text underline underline-offset-[3px]">
        {SUPPORT_EMAIL}
      </a>
      .
    </p>
  );
}
