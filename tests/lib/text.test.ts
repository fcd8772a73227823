import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, fold, initials } from '@/lib/text';

describe('a name', () => {
  it.each([
    ['Two\nlines', 'Two lines'],
    ['  Ada \t\r\n Lovelace ', 'Ada Lovelace'],
    ['A\u2028B\u2029C\u0085D', 'A B C D'],
    ['Zo\u0065\u0308', 'Zoë'],
    ['Evil\u202egnp.exe', 'Evilgnp.exe'],
    ['nul\u0000l', 'null'],
    ['\ud800x', 'x'],
    ['a\u200b\u00a0b', 'a b'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['=HYPERLINK("x")', '=HYPERLINK("x")'],
    ['\u0007', ''],
  ])('%j becomes %j', (value, name) => {
    expect(cleanName(value)).toBe(name);
  });

  it('does not change when it is cleaned twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const name = cleanName(value);
        expect(cleanName(name)).toBe(name);
        expect(name).not.toMatch(/\p{Cc}|\p{Cs}|^\s|\s$|\s\s/u);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['Zoë Müller', 'zoe muller'],
    ['GROẞ', 'gross'],
    ['Łódź', 'lodz'],
    ['Øst Ærø', 'ost aero'],
    ['Đặng', 'dang'],
    ['Þór', 'thor'],
    ['Ιωάννης', 'ιωαννησ'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['Ёлка', 'елка'],
    ['Йод', 'йод'],
    ['O’Brien', "o'brien"],
    ['हिन्दी', 'हिन्दी'],
    ['한국', '한국'],
  ])('%s is found as %s', (value, folded) => {
    expect(fold(value)).toBe(folded);
    expect(fold(value.normalize('NFD'))).toBe(folded);
  });

  it.each([
    ['Ada Lovelace', 'AL'],
    ['Ada King Lovelace', 'AL'],
    ['ada', 'A'],
    ['Quote "Q" Marks', 'QM'],
    ['李 雷', '李雷'],
    ['é\u0301lan vital', 'É\u0301V'],
    ['  ', '?'],
    ['😀 42', '?'],
  ])('%s has the initials %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
