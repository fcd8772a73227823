import { dictionary } from '@zxcvbn-ts/language-common';
import { passwordLimits } from './limits';

export const passwordHint = `At least ${passwordLimits.minCodePoints} characters. A few unrelated words work well.`;

const product = 'rollcall';
const minWord = 4;
// Without the words that everybody can guess, the rest must still be hard to guess.
const minOwnCharacters = 8;
const minDistinct = 5;
const minRun = 4;

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];
const runs = rows.flatMap((row) => [row + row, [...(row + row)].reverse().join('')]);

let common: Set<string> | undefined;

function isCommon(text: string): boolean {
  common ??= new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()));
  return common.has(text);
}

/**
 * Sentences; empty when it can be used. NIST SP 800-63B-4: a length in code points, no rules about kinds of characters,
 * known bad passwords. `words` are the person's own address, names and organizations: attackers try those first.
 */
export function passwordProblems(password: string, words: readonly string[] = []): string[] {
  const normal = password.normalize('NFKC');
  const length = [...normal].length;
  const { minCodePoints, maxCodePoints } = passwordLimits;
  if (length > maxCodePoints || [...password].length > maxCodePoints)
    return [`Use at most ${maxCodePoints} characters.`];
  if (length < minCodePoints) return [`Use at least ${minCodePoints} characters. A few unrelated words work well.`];
  const text = normal.toLowerCase();
  const core = text.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '');
  if (isCommon(text) || (core !== '' && isCommon(core)))
    return ['This is one of the first passwords attackers try. Choose another.'];
  if (new Set(text).size < minDistinct || repeats(text) || repeats(core)) {
    return ['This repeats the same few characters. Choose one with more variety.'];
  }
  const own = withoutRuns(text);
  if (own.replace(/(.)\1+/gu, '$1').length < minOwnCharacters || isCommon(own)) {
    return ['This follows the order of the keyboard or the alphabet. Choose unrelated words.'];
  }
  if (ownPart(text, words).length < minOwnCharacters) {
    return ['This is mostly your name, your address or your organization. Add something unrelated.'];
  }
  return [];
}

function repeats(text: string): boolean {
  const longest = Math.floor(text.length * 0.6);
  for (let period = 1; period <= longest; period += 1) {
    if (text.slice(period) === text.slice(0, text.length - period)) return true;
  }
  return false;
}

function withoutRuns(text: string): string {
  let rest = '';
  let at = 0;
  while (at < text.length) {
    const end = runEnd(text, at);
    if (end - at < minRun) {
      rest += text[at];
      at += 1;
    } else {
      at = end;
    }
  }
  return rest;
}

function runEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && runs.some((run) => run.includes(text.slice(start, end + 1)))) end += 1;
  return end;
}

function ownPart(text: string, words: readonly string[]): string {
  const known = [product, ...words.flatMap(partsOf)].filter((word) => word.length >= minWord);
  // Longest first: "acme" would otherwise break up "acmecorp".
  known.sort((a, b) => b.length - a.length);
  let rest = text;
  for (const word of known) rest = rest.replaceAll(word, '');
  return rest === text ? text : rest.replace(/[\d\p{P}\p{S}\s]/gu, '');
}

function partsOf(word: string): string[] {
  const lower = word.normalize('NFKC').toLowerCase();
  return [lower, lower.replace(/[^\p{L}\p{N}]/gu, ''), ...lower.split(/[^\p{L}\p{N}]+/u)];
}
