import { fieldLimits } from './limits';

export type ParsedPhone = { ok: true; phone: string } | { ok: false; words: string };

const example = 'such as +44 20 7946 0000';
const { phoneMaxDigits } = fieldLimits;

/** Dialled only inside a country. */
const TRUNK_PREFIX = /(?<=^(?:\+|00)[\d\s.-]{1,6})\(0\)/;
const SIGNS = /[\s().\-/\u2010-\u2015\u2212]/gu;

/** E.164, the only stored form. A leading `00` is a plus sign; a `(0)`, dialled only inside a country, is dropped. */
export function parsePhone(typed: string): ParsedPhone {
  const refuse = (words: string): ParsedPhone => ({ ok: false, words });
  if (typed.length > 100) return refuse(`This is too long for a phone number. Enter one number, ${example}.`);
  const bare = typed
    .normalize('NFKC')
    .trim()
    .replace(/^tel:/i, '')
    .replace(TRUNK_PREFIX, '')
    .replace(SIGNS, '')
    .replace(/^00/, '+');
  if (!/^\+?\d+$/.test(bare)) return refuse(`Use only digits after a plus sign, ${example}.`);
  if (!bare.startsWith('+')) return refuse(`Start with a plus sign and the country code, ${example}.`);
  if (bare.startsWith('+0')) return refuse(`No country code begins with 0. Start with one, ${example}.`);
  const digits = bare.length - 1;
  if (digits > phoneMaxDigits)
    return refuse(`A phone number has at most ${phoneMaxDigits} digits, this has ${digits}.`);
  if (digits < 7) return refuse(`This number is too short. Enter all of it with its country code, ${example}.`);
  return { ok: true, phone: bare };
}

/** The digits of what may be part of a number, without leading zeros; null for anything else or fewer than four. */
export function phoneDigits(typed: string): string | null {
  const bare = typed.normalize('NFKC').trim().replace(TRUNK_PREFIX, '').replace(SIGNS, '');
  const digits = /^\+?(\d+)$/.exec(bare)?.[1]?.replace(/^0+/, '') ?? '';
  return digits.length < fieldLimits.phoneSearchMinDigits ? null : digits;
}
