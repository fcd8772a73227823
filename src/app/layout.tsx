import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { parseTheme, themeCookie } from '@/lib/theme';
import { fontClasses } from './fonts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Rollcall', template: '%s · Rollcall' } };

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' };

const pageEnd = 'page-end';

/** Wraps every page and protects none of them. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return (
    // The theme switch writes the attribute in the browser, possibly before hydration.
    <html
      lang="en"
      className={fontClasses}
      data-theme={theme === 'system' ? undefined : theme}
      suppressHydrationWarning
    >
      <head>
        {/* The first paint waits until the page is here: tables and rows of buttons would move while more of it arrives. */}
        <link rel="expect" href={`#${pageEnd}`} blocking="render" />
      </head>
      <body>
        {children}
        <div id={pageEnd} hidden />
      </body>
    </html>
  );
}
