'use client';

import { createContext } from 'react';

/** Set in a page that is shown in a dialog over another one: where that is, and the way back to it. */
export const OverPage = createContext<{ behind: string; close: () => void } | null>(null);
