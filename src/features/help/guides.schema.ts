import type { ReactNode } from 'react';
import type { ConsolePermission } from '@/lib/permissions';

/** `id` is the part's anchor on the page. */
type Part = { id: string; title: string; body: ReactNode };

export type Guide = {
  /** The address is `/help/<slug>`. */
  slug: string;
  title: string;
  /** One sentence for the table of contents. */
  summary: string;
  /** `anybody`: also before signing in. `everybody`: everybody signed in. A list: one of these permissions. */
  readers: 'anybody' | 'everybody' | readonly ConsolePermission[];
  /** The pages it explains, including the pages below each of them. */
  pages: readonly string[];
  parts: readonly Part[];
};
