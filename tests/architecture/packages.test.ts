import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { billOfMaterials, reproducible } from '../../scripts/bill-of-materials.mjs';

/** Licences that any package may have. None asks a deployment to publish its changes. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
];

/** Licences that are right for what this one package is. */
const allowedFor: { packages: RegExp; licence: string; because: string }[] = [
  { packages: /^@img\/sharp-/, licence: 'LGPL-3.0-or-later', because: 'a library that sharp loads, unchanged' },
  { packages: /^@fontsource-variable\/inter$/, licence: 'OFL-1.1', because: 'a typeface, served unchanged' },
  { packages: /^caniuse-lite$/, licence: 'CC-BY-4.0', because: 'data of browsers, used in the build' },
  { packages: /^elkjs$/, licence: 'EPL-2.0', because: 'belongs to the tools of Prisma, unchanged' },
];

/** Packages whose package.json names no licence, with what their licence file says. */
const unnamed: Record<string, string> = { 'seq-queue@0.0.5': 'MIT' };

type Locked = { version: string; license?: string; dev?: boolean };
type Package = { name: string; version: string; licence: string };

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };

const packages: Package[] = Object.entries(lock.packages)
  .filter(([place, { dev }]) => place !== '' && !dev)
  .map(([place, { version, license }]) => {
    const name = place.replace(/^.*node_modules\//, '');
    return { name, version, licence: license ?? unnamed[`${name}@${version}`] ?? 'none' };
  });

/** Whether an SPDX expression can be met: every licence joined by AND, one of those joined by OR. */
function isAllowed(name: string, licence: string): boolean {
  const may = (id: string) =>
    allowed.includes(id) || allowedFor.some((each) => each.licence === id && each.packages.test(name));
  return licence
    .replaceAll(/[()]/g, '')
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((id) => may(id.trim())));
}

const sentenceOf = ({ name, version, licence }: Package) =>
  `${name}@${version} has the licence ${licence}, which is not in tests/architecture/packages.test.ts. Read it. If Rollcall may use and pass on the package under it, add it there with the reason; an AGPL, and any licence you are unsure about, means another package.`;

const refused = (list: Package[]) => list.filter(({ name, licence }) => !isAllowed(name, licence)).map(sentenceOf);

describe('ASVS 15.1.2: what Rollcall is made of is known', () => {
  test('every package that runs in production has a licence of the list', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(refused(packages)).toEqual([]);
  });

  test('a new licence fails with a sentence that says what to do', () => {
    const found = refused([
      { name: 'a', version: '1.0.0', licence: 'AGPL-3.0-only' },
      { name: 'b', version: '1.0.0', licence: 'MIT AND GPL-3.0-only' },
      { name: 'c', version: '1.0.0', licence: '(GPL-2.0-only OR MIT)' },
      { name: 'd', version: '1.0.0', licence: 'EPL-2.0' },
      { name: 'e', version: '1.0.0', licence: 'none' },
    ]);
    expect(found.map((sentence) => sentence.slice(0, 7))).toEqual(['a@1.0.0', 'b@1.0.0', 'd@1.0.0', 'e@1.0.0']);
    expect(found[0]).toContain('has the licence AGPL-3.0-only');
    expect(found[0]).toContain('another package');
  });

  test('the list has only licences that a package has', () => {
    const used = new Set(packages.flatMap(({ licence }) => licence.replaceAll(/[()]/g, '').split(/ and | or /i)));
    expect(allowed.filter((licence) => !used.has(licence))).toEqual([]);
    expect(allowedFor.filter((each) => !packages.some(({ name }) => each.packages.test(name)))).toEqual([]);
    const present = packages.map(({ name, version }) => `${name}@${version}`);
    expect(Object.keys(unnamed).filter((name) => !present.includes(name))).toEqual([]);
  });
});

type Bom = { serialNumber: string; components: { name: string; version: string }[] };

describe('npm run sbom', () => {
  let text = '';
  beforeAll(() => {
    text = billOfMaterials();
  });
  const read = () => JSON.parse(text) as Bom;

  test('lists every package of package-lock.json that runs in production, and no other', () => {
    const listed = read().components.map(({ name, version }) => `${name}@${version}`);
    expect(listed).toEqual([...new Set(listed)]);
    expect(listed.toSorted()).toEqual(
      [...new Set(packages.map(({ name, version }) => `${name}@${version}`))].toSorted(),
    );
    expect(listed).toEqual(expect.arrayContaining([expect.stringMatching(/^react@/), expect.stringMatching(/^next@/)]));
  });

  test('names no time, no address of a registry and no folder', () => {
    expect(text).not.toMatch(/timestamp|externalReferences/);
    expect([...text.matchAll(/https?:\/\/[^/"]+/g)].map(([host]) => host)).toEqual(['http://cyclonedx.org']);
    expect(JSON.parse(text)).toMatchObject({ metadata: { component: { name: 'rollcall', type: 'application' } } });
  });

  test('writes the same bytes for the same packages, and another number for others', () => {
    const bom = JSON.parse(text);
    const shuffled = { ...bom, serialNumber: 'urn:uuid:0', components: bom.components.toReversed() };
    shuffled.metadata = { ...bom.metadata, timestamp: '2026-01-01T00:00:00Z', tools: [{ name: 'cli', version: '99' }] };
    expect(reproducible(shuffled)).toBe(text);
    const other = JSON.parse(reproducible({ ...bom, components: bom.components.slice(1) })) as Bom;
    expect(other.serialNumber).not.toBe(read().serialNumber);
    expect(read().serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
