import type { NextConfig } from 'next';

// Here and not in proxy.ts, so that they are on every answer, with or without it. HSTS depends on the public address and
// is set by src/server/mark-requests.ts.
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

// Their address holds a secret, which may not leave this site. Not 'no-referrer': a form sent without scripts would then
// carry `Origin: null`, and be refused.
const tokenPages = '/:page(activate|reset-password|set-up)/:path*';

const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  images: { unoptimized: true },
  // Types have a step of their own in `npm run check`; a start need not wait for them a second time.
  typescript: { ignoreBuildErrors: true },
  // `authorize` answers a missing permission with a page of status 403.
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
  // Browsers ask for it on their own where a page names no icon, as on the way through a sign-out.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // Addresses under an earlier name, as they stand in mails and bookmarks.
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
      // What the browser kept of the pages seen while signed in.
      source: '/:page(sign-in|o)/:slug*',
      has: [{ type: 'query', key: 'notice', value: 'session.ended' }],
      headers: [{ key: 'Clear-Site-Data', value: '"cache", "storage"' }],
    },
  ],
};

export default config;
