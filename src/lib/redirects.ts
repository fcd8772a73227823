import { fieldLimits } from './limits';

const BASE = 'http://rollcall.invalid';
const MAX_DECODINGS = 3;

/** A path of this site, or `fallback`. Refuses what a browser or proxy could read as another host, even encoded. */
export function safePath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > fieldLimits.pathMaxChars) return fallback;
  if (!value.startsWith('/') || !isPlainPath(value)) return fallback;

  const url = URL.parse(value, BASE);
  if (url === null || url.origin !== BASE || url.username !== '' || url.password !== '') return fallback;
  // Resolving `..` can leave two slashes in front, which name a host in a Location header.
  if (!survivesDecoding(url.pathname)) return fallback;
  const path = url.pathname + url.search + url.hash;
  return path.length > fieldLimits.pathMaxChars ? fallback : path;
}

/** The page to return to after a form, without an earlier notice; empty for anything but a path of this site. */
export function returnPath(value: unknown): string {
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

/** Proxies and routers can decode again, so each decoded form must follow the same rules. */
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
