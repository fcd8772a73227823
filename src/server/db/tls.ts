// scripts/start.mjs imports env.ts, and so this file, without a loader.
import { isLoopback } from '../loopback.ts';

/** What pg takes for `verify-full` today. Its next version will check less, so the meaning is written out. */
const verifying = new Set([null, '', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']);

/**
 * The URL with `sslmode=verify-full` unless it names this machine or says otherwise (`sslmode=disable`, `no-verify`, an
 * `ssl` of its own, or `uselibpqcompat`). env.ts passes every URL through it.
 */
export function withTls(url: string): string {
  const parsed = new URL(url);
  const { searchParams } = parsed;
  const host = searchParams.get('host') ?? decodeURIComponent(parsed.hostname);
  if (host.startsWith('/') || isLoopback(host)) return url;
  if (searchParams.has('ssl') || searchParams.has('uselibpqcompat')) return url;
  if (!verifying.has(searchParams.get('sslmode'))) return url;
  searchParams.set('sslmode', 'verify-full');
  return parsed.href;
}

const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/;

/** Why a connection failed, if it was TLS, and what to do; null for any other error. */
export function tlsProblem(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  if (/does not support SSL/.test(error.message)) {
    return 'The database offers no TLS. Switch it on there (ssl = on). On a network you trust, add sslmode=disable to the URLs instead.';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'The database’s certificate is for another name than the one in the URL. Use that name, or renew the certificate.';
  }
  if (!untrusted.test(code)) return null;
  return `The database’s certificate is not trusted (${code}). Add sslrootcert=/path/to/ca.pem to the URLs, with the authority that signed it.`;
}
