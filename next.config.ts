import type { NextConfig } from 'next';
import { securityHeaders } from './src/lib/security-headers';

// Set here and not in proxy.ts, so that every response has them. HSTS depends on the public address, so
// src/server/mark-requests.ts sets it.
const everywhere = Object.entries(securityHeaders).map(([key, value]) => ({ key, value }));

// The addresses of these pages contain a secret, which must not leave this site. Not 'no-referrer': a form sent without
// scripts would then carry `Origin: null` and be refused.
const tokenPages = '/:page(activate|reset-password|set-up)/:path*';

const config: NextConfig = {
  poweredByHeader: false,
  // `npm run dev` would print every address, and what is sent to actions.
  logging: { incomingRequests: false, serverFunctions: false },
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // `npm run check` checks types in a step of its own; a start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // `authorize` answers a missing permission with a 403 page.
  experimental: { authInterrupts: true },
  serverExternalPackages: [
    '@node-rs/argon2',
    '@zxcvbn-ts/language-common',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'nodemailer',
    'papaparse',
  ],
  // Browsers request it themselves when a page names no icon, for instance during sign-out.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // Old addresses that are still in mails and bookmarks.
  redirects: async () => [
    { source: '/users/:id/suspension', destination: '/users/:id/deactivation', permanent: true },
    { source: '/help/suspending', destination: '/help/deactivating', permanent: true },
  ],
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; sandbox" }],
    },
    { source: tokenPages, headers: [{ key: 'Referrer-Policy', value: 'same-origin' }] },
    {
      // Clears what the browser stored of pages seen while signed in.
      source: '/:page(sign-in|o)/:slug*',
      has: [{ type: 'query', key: 'notice', value: 'session\\.ended(-unsaved)?' }],
      headers: [{ key: 'Clear-Site-Data', value: '"cache", "storage"' }],
    },
  ],
};

export default config;
