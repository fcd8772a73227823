import { firstNames as demoFirstNames, lastNames as demoLastNames } from '@/demo/people';

const moreFirstNames =
  `Amélie Björn Chiara Đorđe Élodie Farid Göran Hülya Iñaki Joana Kübra Łukasz Mónica Nadezhda Óscar
  Petra Rania Stéphane Thandiwe Uche Veronika Wiktor Ximena Yannick Zuzana Aisha Bogdan Cosima Diego Esra Finn Gulnara
  Håkon Ilse Jamal Katarzyna Liam Maren Noor Otto Paula Rashid Saoirse Temitope Ulrike Violeta Walid Yusuf Zanele Anaïs
  明 さくら 민준 Дмитрий Анна Ελένη أحمد ליאור अनीता มาลี`.split(/\s+/);

const starts =
  `Al Ban Bel Bor Cal Car Dal Dem Dor El Fal Fen Gar Gil Hal Har Hol Is Jar Kal Kel Lan Lor Mal Mer Nor Ol Per
  Quin Ros`.split(/\s+/);
const middles = `a ba da de di do e fa ga go i ka ki la le li lo ma me mi na ne no o ra ri ro`.split(/\s+/);
const ends =
  `berg by ch dez dy ez feld ford gren hart ić ides kamp ko lund man mann mond nen ov quist rich sen ska ski son
  stad stein ström ton vic wood`.split(/\s+/);

export const firstNames = [...demoFirstNames, ...moreFirstNames];

/** Most common first: the later a name is in the list, the less often it is drawn. */
export function lastNames(): string[] {
  const composed: string[] = [];
  // The step shares no factor with the total, so no combination comes twice, and the order looks random.
  const all = starts.length * middles.length * ends.length;
  for (let n = 0, at = 17; n < 20_000; n += 1, at = (at + 7919) % all) {
    const start = starts[at % starts.length] ?? '';
    const middle = middles[Math.floor(at / starts.length) % middles.length] ?? '';
    const end = ends[Math.floor(at / (starts.length * middles.length))] ?? '';
    composed.push(start + middle + end);
  }
  return [...new Set([...demoLastNames, ...composed])];
}

/** The letters a to z of a name, for an email address; `fallback` if there are none. */
export function asciiOf(name: string, fallback: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return letters || fallback;
}

const places =
  `Acorn Alder Anchor Arbor Bay Beacon Birch Bridge Brook Canyon Cedar Cliff Clover Coral Crescent Delta Dune
  Elm Fern Fjord Garden Glacier Grove Harbor Hazel Heron Highland Island Juniper Lagoon Lakeside Larch Lighthouse Linden
  Maple Marsh Meadow Mill Moor Northside Oak Orchard Pine Prairie Quarry Rainier Ridge River Rowan Sable Saffron Sequoia
  Southgate Spring Summit Sycamore Thistle Valley Willow Zürich`.split(/\s+/);
const kinds = `Academy Alliance Clinic College Collective Community Co-op Council Foundation Guild Health Hospital House
  Institute Kindergarten Kitchen Labs Library Mission Network Partners Press Project School Services Shelter Society
  Studio Trust Union University Works`.split(/\s+/);

/** Gives two thousand names before it needs numbers, as each place is combined with each kind once. */
export function organizationName(k: number): string {
  const [round, place] = [Math.floor(k / places.length), k % places.length];
  const name = `${places[(place * 7) % places.length]} ${kinds[(round + place * 5) % kinds.length]}`;
  const number = Math.floor(round / kinds.length);
  return number === 0 ? name : `${name} ${number + 1}`;
}
