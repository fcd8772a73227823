/** A cookie that is no secret, for this site alone. `maxAge` is in seconds; 0 deletes it. */
export function setCookie(name: string, value: string, maxAge: number) {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing over http and in older browsers
  document.cookie = `${name}=${value}; path=/; max-age=${maxAge}; samesite=lax${secure}`;
}
