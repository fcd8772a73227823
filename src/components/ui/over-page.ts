'use client';

import { createContext } from 'react';

/** Set in a page shown as a dialog over another page: `behind` is the address of that page. */
export const OverPage = createContext<{ behind: string; close: () => void } | null>(null);
