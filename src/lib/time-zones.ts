// V8 lists some zones under older names; both names work everywhere.
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

/** The IANA names of the supported zones. UTC comes first, because the list of the system may lack it. */
export const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone')
    .filter((name) => name !== 'UTC')
    .map((name) => renamed[name] ?? name)
    .sort(),
];

export function readTimeZone(name: string | null | undefined): string | null {
  const known = renamed[name ?? ''] ?? name ?? '';
  return timeZones.includes(known) ? known : null;
}
