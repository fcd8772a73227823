// V8 lists some zones by the names they had before; both names mean the same everywhere.
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

/** The zones this server can write times in, by their IANA names; UTC, which the list may leave out, first. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone')
    .filter((name) => name !== 'UTC')
    .map((name) => renamed[name] ?? name)
    .sort(),
];

/** A zone as a browser names it, by the name it has here; null for what is none. */
export function readTimeZone(name: string | null | undefined): string | null {
  const known = renamed[name ?? ''] ?? name ?? '';
  return timeZones.includes(known) ? known : null;
}
