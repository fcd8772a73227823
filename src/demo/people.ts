/** Invented names in several scripts, with accents, an apostrophe and a long one; their domains are reserved ones. */
export const firstNames = [
  'Ada',
  'Béatrice',
  'Carlos',
  'Dilnoza',
  'Emeka',
  'Fatima',
  'Grzegorz',
  'Hana',
  'Ingrid',
  'Jürgen',
  'Kwame',
  'Leïla',
  'Miguel',
  'Nguyệt',
  'Oluwaseun',
  'Priya',
  'Quentin',
  'Rosa',
  'Søren',
  'Tariq',
  'Ursula',
  'Valentina',
  'Wanjiru',
  'Xiaoming',
  'Yuki',
  'Zoë',
  '雷',
  'Ольга',
  'Νίκος',
  'Aoife',
];

export const lastNames = [
  'Abiodun',
  'Brandt',
  'Castellanos',
  'Dąbrowski',
  'Eze',
  'Ferreira',
  'Grünwald',
  'Hernández',
  'Ivanova',
  'Johansson',
  'Kowalczyk',
  'Lindqvist',
  'Mbeki',
  'Nakamura',
  'O’Brien',
  'Patel',
  'Quispe',
  'Rasmussen',
  'Şahin',
  'Tanaka',
  'Ueda',
  'Vasquez',
  'Whitfield',
  'Xhaka',
  'Yılmaz',
  'Zimmermann',
  '李',
  'Петрова',
  'Παππάς',
  'Featherstonehaugh-Cholmondeley',
];

export function demoAddress(n: number, domain: string): string {
  const ascii = (value: string | undefined, fallback: string) =>
    (value ?? '')
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z]/g, '') || fallback;
  const first = ascii(firstNames[n % firstNames.length], 'person');
  const last = ascii(lastNames[(n * 7) % lastNames.length], 'demo');
  return `${first}.${last}.${n}@${domain}`;
}

export function demoName(n: number) {
  return { firstName: firstNames[n % firstNames.length] ?? '', lastName: lastNames[(n * 7) % lastNames.length] ?? '' };
}
