import Bowser from 'bowser';

export type Device = { browser: string; os: string; device: string };

const UNKNOWN: Device = { browser: 'Unknown browser', os: 'Unknown system', device: 'Unknown device' };
const DEVICES: Record<string, string> = {
  desktop: 'Computer',
  mobile: 'Phone',
  tablet: 'Tablet',
  tv: 'TV',
  bot: 'Robot',
};
// Anybody can send a header of any length; real ones are shorter than this.
const MAX_CHARS = 512;
// For unknown agents the parser repeats words of the header, so only harmless words are shown.
const PLAIN_WORDS = /^[\p{L}\p{N}][\p{L}\p{N} .()-]{0,39}$/u;

/** The device of a User-Agent header in everyday words, such as Firefox 140, Windows, Computer. Never throws. */
export function describeDevice(userAgent: string | null | undefined): Device {
  const header = (userAgent ?? '').slice(0, MAX_CHARS).trim();
  if (header === '') return UNKNOWN;
  try {
    const found = Bowser.parse(header);
    const major = found.browser.version?.match(/^\d{1,5}/)?.[0] ?? '';
    const name = plain(found.browser.name);
    return {
      browser: name === null ? UNKNOWN.browser : `${name} ${major}`.trim(),
      os: plain(found.os.name) ?? UNKNOWN.os,
      device: DEVICES[found.platform.type ?? ''] ?? UNKNOWN.device,
    };
  } catch {
    return UNKNOWN;
  }
}

function plain(words: string | undefined): string | null {
  return words !== undefined && PLAIN_WORDS.test(words) ? words : null;
}
