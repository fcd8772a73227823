import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { initials } from '@/components/ui/avatar';
import { avatarTone, avatarTones } from '@/lib/avatar-tone';
import { newId } from '@/lib/ids';

test.each([
  ['Ada Lovelace', 'AL'],
  ['Jean-Baptiste Emanuel Zorg', 'JZ'],
  ['plato', 'P'],
  ['李 小龍', '李小'],
  ['', '?'],
])('the initials of "%s" are "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('a person keeps one colour, and many people share the eight evenly', () => {
  const counts = Map.groupBy(Array.from({ length: 800 }, newId), avatarTone);
  expect([...counts.keys()].sort()).toEqual(Array.from({ length: avatarTones }, (_, tone) => tone));
  expect(Math.min(...[...counts.values()].map(({ length }) => length))).toBeGreaterThan(40);
  expect(avatarTone('019aa0a0-0000-7000-8000-00000000000b')).toBe(3);
  expect(avatarTone('')).toBe(0);
});

test('the letters on every avatar have a contrast of 4.5 in both themes', () => {
  const css = readFileSync('src/app/globals.css', 'utf8');
  const ruleOf = (name: string) => css.match(new RegExp(`\\.${name} \\{([^}]*)\\}`))?.[1] ?? '';
  for (const name of ['avatar', ...Array.from({ length: avatarTones }, (_, tone) => `avatar-${tone}`)]) {
    const hue = Number(ruleOf(name).match(/--hue: (\d+);/)?.[1]);
    const ground = themes(ruleOf('avatar'), 'background', hue);
    const letters = themes(ruleOf('avatar'), '\\bcolor', hue);
    for (const theme of [0, 1]) {
      expect(contrast(ground[theme], letters[theme]), `${name}, theme ${theme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

/** The light and the dark colour of a property written as light-dark(oklch(…), oklch(…)), with its hue filled in. */
function themes(rule: string, property: string, hue: number): number[][] {
  const colour = String.raw`oklch\((\S+) (\S+) var\(--hue\)\)`;
  const [, ...parts] = rule.match(new RegExp(`${property}: light-dark\\(${colour}, ${colour}\\)`)) ?? [];
  const [light, lightChroma, dark, darkChroma] = parts.map(Number);
  return [
    [light ?? Number.NaN, lightChroma ?? 0, hue],
    [dark ?? Number.NaN, darkChroma ?? 0, hue],
  ];
}

function contrast(one: number[] = [], other: number[] = []): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** From OKLCH by way of linear sRGB: https://bottosson.github.io/posts/oklab */
function luminance([l = Number.NaN, chroma = 0, hue = 0]: number[]): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short;
  const green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short;
  const blue = -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short;
  const [r, g, b2] = [red, green, blue].map((part) => Math.min(1, Math.max(0, part)));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b2 ?? 0);
}
