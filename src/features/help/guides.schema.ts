import type { ReactNode } from 'react';
import type { ConsolePermission } from '@/lib/permissions';

type Part = { id: string; title: string; body: ReactNode };

export type Guide = {
  slug: string;
  title: string;
  summary: string;
  /** `anybody`: also before signing in. `everybody`: everybody signed in. A list: one of these permissions. */
  readers: 'anybody' | 'everybody' | readonly ConsolePermission[];
  pages: readonly string[];
  parts: readonly Part[];
};
