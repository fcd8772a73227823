import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SearchPlace, searchTerms } from '@/lib/search-terms';
import { fold } from '@/lib/text';

const placesOf = (typed: string) =>
  Object.fromEntries(searchTerms(typed).words.map(({ text, place }) => [text, place]));

describe('a search', () => {
  it.each<[string, Record<string, SearchPlace>]>([
    ['Lovelace, Ada', { Lovelace: 'anywhere', Ada: 'anywhere' }],
    ['  ,, ada\u00a0,acme\t', { ada: 'anywhere', acme: 'anywhere' }],
    ['李，雷雷、 x', { 雷雷: 'word' }],
    ['ada lo', { ada: 'anywhere', lo: 'word' }],
    ['ada l', { ada: 'anywhere' }],
    ['a', { a: 'name' }],
    ['a b', { a: 'name', b: 'name' }],
    ['æ', { æ: 'word' }],
    ['a.b', { 'a.b': 'anywhere' }],
    ['👩‍🚀👩‍🚀', { '👩‍🚀👩‍🚀': 'name' }],
    ['Ada ada ADÁ', { ADÁ: 'anywhere' }],
    [' ,، ', {}],
    ['', {}],
  ])('for %j looks for %j', (typed, places) => {
    expect(placesOf(typed)).toEqual(places);
  });

  it.each([
    ['müller.de', 'xn--mller-kva.de'],
    ['Info@MÜLLER.de', 'Info@xn--mller-kva.de'],
    ['müller', 'xn--mller-kva'],
    ['mu\u0308ller.de', 'xn--mller-kva.de'],
    ['почта.рф', 'xn--80a1acny.xn--p1ai'],
    ['xn--mller-kva.de', null],
    ['müll@acme.com', null],
    ['mül_ler', null],
    ['acme.com', null],
  ])('for %j also looks for %j', (typed, ascii) => {
    expect(searchTerms(typed).words.map((word) => word.ascii)).toEqual([ascii]);
  });

  it.each([
    ['+44 20 7946 0000', '442079460000'],
    ['020 7946', '207946'],
    ['0044 (0)20.7946-0000', '442079460000'],
    ['(020) 7946', '207946'],
    ['７９４６', '7946'],
    ['1234', '1234'],
    ['0123', null],
    ['123', null],
    ['0000', null],
    ['7946 ext', null],
    ['7946+', null],
  ])('for %j looks for the number %j', (typed, phone) => {
    expect(searchTerms(typed).phone).toBe(phone);
  });

  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((text) => !/[\s\u0085,،、，﹐]/u.test(text));
  const gap = fc.stringMatching(/^[ ,\t\u00a0]{1,4}$/);

  it('is the same in any order, with any blanks and commas, however often a word is repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 6 }), (pairs) => {
        const typed = (each: typeof pairs) => each.map(([text, after]) => text + after).join('');
        const keys = (text: string) => new Set(searchTerms(text).words.map((each) => fold(each.text) + each.place));
        const written = keys(typed(pairs));
        expect(keys(typed([...pairs, ...pairs].reverse()))).toEqual(written);
        for (const { text, place } of searchTerms(typed(pairs)).words) {
          expect(text).not.toMatch(/[\s,]/);
          if (place === 'anywhere') expect([...fold(text)].length).toBeGreaterThan(2);
        }
      }),
    );
  });
});
