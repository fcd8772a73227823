import { processorClock } from '@tests/support/processor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailProblemText, parseEmail } from '@/lib/email';
import { emailCorpus } from './email.corpus';

const CANONICAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const nasty = fc.constantFrom(
  '@',
  '.',
  '\r',
  '\n',
  ',',
  '<',
  '"',
  '(',
  '\uff20',
  '\u3002',
  '\u00ad',
  'ü',
  'ſ',
  '\u212a',
  '[',
  ':',
);
const soup = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 3 }), fc.string({ maxLength: 8 })))
  .map((parts) => parts.join(''));
const near = fc.tuple(soup, soup).map(([local, domain]) => `a${local}@b${domain}.com`);

describe('an email address', () => {
  it.each(emailCorpus)('$input', (sample) => {
    const parsed = parseEmail(sample.input);
    expect(parsed).toEqual(
      'email' in sample ? { ok: true, email: sample.email } : { ok: false, reason: sample.reason },
    );
  });

  it('has a large corpus', () => {
    expect(emailCorpus.length).toBeGreaterThan(100);
  });

  it('is stored in a form that parses to itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), near, soup, fc.string({ unit: 'binary' })), (input) => {
        const parsed = parseEmail(input);
        if (!parsed.ok) return emailProblemText(parsed.reason).length > 0;
        expect(parsed.email).toMatch(CANONICAL);
        expect(parsed.email.length).toBeLessThanOrEqual(254);
        expect(parseEmail(parsed.email)).toEqual(parsed);
        expect(parseEmail(parsed.email.toUpperCase())).toEqual(parsed);
      }),
      { numRuns: 3000 },
    );
  });

  it('never becomes the address of another person in an ordinary mailer', () => {
    fc.assert(
      fc.property(fc.oneof(near, soup), (input) => {
        const parsed = parseEmail(input);
        if (parsed.ok) expect(input.trim().normalize('NFKC')).toBe(input.trim());
      }),
      { numRuns: 3000 },
    );
  });

  it('is validated quickly, however long it is', () => {
    const spentMs = processorClock();
    for (const part of ['a', '.', '@', 'a.', '-', 'ü', '\u0300', ' ', 'a@']) parseEmail(part.repeat(100_000));
    for (const part of ['a', 'a.', '-', 'ü', 'a-']) parseEmail(`x@${part.repeat(450)}`);
    expect(spentMs()).toBeLessThan(250);
  });

  it('stores the domain in ASCII', () => {
    expect(parseEmail('user@MÜNCHEN.example')).toEqual({ ok: true, email: 'user@xn--mnchen-3ya.example' });
  });

  it('says in plain words what to do', () => {
    for (const sample of emailCorpus) {
      if ('reason' in sample) expect(emailProblemText(sample.reason)).not.toMatch(/invalid|please|error/i);
    }
    expect(emailProblemText('not_an_address')).toContain('name@acme.com');
  });
});
