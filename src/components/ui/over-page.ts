'use client';

import { createContext } from 'react';

export const OverPage = createContext<{ behind: string; close: () => void } | null>(null);
