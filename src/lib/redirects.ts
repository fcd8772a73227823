import { fieldLimits } from './limits';

const BASE = 'http://rollcall.invalid';
const MAX_DECODINGS = 3;

/**
 * Where to go next, taken from a query or a form: a path of this site, or `fallback`.
 * Accepts one string that starts with a single slash; returns path, query and fragment as the URL standard writes them.
 * Everything a browser or a proxy could read as another host is refused, also behind percent-encoding.
 */
export function safePath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > fieldLimits.pathMaxChars) return fallback;
  if (!value.startsWith('/') || !isPlainPath(value)) return fallback;

  const url = URL.parse(value, BASE);
  if (url === null || url.origin !== BASE || url.username !== '' || url.password !== '') return fallback;
  // Resolving `..` can leave two slashes in front, which would name a host when sent as a Location.
  if (!survivesDecoding(url.pathname)) return fallback;
  const path = url.pathname + url.search + url.hash;
  return path.length > fieldLimits.pathMaxChars ? fallback : path;
}

/**
 * Where a form was opened from, to lead back to after the deed; empty when that is no path of this site. Without what was
 * said there after the deed before.
 */
export function pathBehind(value: unknown): string {
  const path = safePath(value, '');
  if (path === '') return '';
  const url = new URL(path, BASE);
  url.searchParams.delete('notice');
  url.searchParams.delete('of');
  return url.pathname + url.search;
}

function isPlainPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop tabs and line breaks inside URLs
  return !path.startsWith('//') && !/[\\\u0000-\u001f\u007f]/.test(path);
}

/** Proxies and routers decode again, so what appears after decoding is held to the same rules. */
function survivesDecoding(pathname: string): boolean {
  let path = pathname;
  for (let round = 0; round < MAX_DECODINGS; round += 1) {
    const decoded = decode(path);
    if (decoded === null || !isPlainPath(decoded)) return false;
    if (decoded === path) return true;
    path = decoded;
  }
  return false;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
