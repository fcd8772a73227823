import type { ReactNode } from 'react';
import type { ConsolePermission } from '@/lib/permissions';

/** One part of a guide, with an address of its own on the page. */
type Part = { id: string; title: string; body: ReactNode };

export type Guide = {
  /** Its address: `/help/<slug>`. */
  slug: string;
  title: string;
  /** One sentence for the table of contents. */
  summary: string;
  /** Whom it is for: anybody, also before signing in; everybody signed in; or whoever may do one of these. */
  readers: 'anybody' | 'everybody' | readonly ConsolePermission[];
  /** The pages it explains, each with those under it. */
  pages: readonly string[];
  parts: readonly Part[];
};
