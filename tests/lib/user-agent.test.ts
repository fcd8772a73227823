import { processorClock } from '@tests/support/processor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDevice } from '@/lib/user-agent';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the device of a session', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'Firefox 140',
      'Windows',
      'Computer',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`,
      'Chrome 141',
      'Windows',
      'Computer',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
      'Microsoft Edge 141',
      'Windows',
      'Computer',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      'Safari 18',
      'macOS',
      'Computer',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari 18',
      'iOS',
      'Phone',
    ],
    [
      `Mozilla/5.0 (Linux; Android 15; Pixel 9) ${WEBKIT} Chrome/141.0.0.0 Mobile Safari/537.36`,
      'Chrome 141',
      'Android',
      'Phone',
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/141.0.0.0 Safari/537.36`, 'Chrome 141', 'Linux', 'Computer'],
  ])('%s', (header, browser, os, device) => {
    expect(describeDevice(header)).toEqual({ browser, os, device });
  });

  it('is unknown for an unknown header', () => {
    const unknown = { browser: 'Unknown browser', os: 'Unknown system', device: 'Unknown device' };
    for (const header of [
      '',
      null,
      undefined,
      ' ',
      '=HYPERLINK("http://evil.example")/1.0',
      '<script>alert(1)</script>/1',
    ]) {
      expect(describeDevice(header)).toEqual(unknown);
    }
  });

  it('shows nothing that could be a formula or markup, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 10 }), (name, version) => {
        const device = describeDevice(`${name}/${version}`);
        for (const words of Object.values(device)) expect(words).toMatch(/^[\p{L}\p{N}][\p{L}\p{N} .()-]*$/u);
      }),
    );
  });

  it('is found quickly in a header of any length', () => {
    const spentMs = processorClock();
    for (const part of ['a', ' ', '(', 'Mozilla/5.0 ', 'Android;', 'iPhone OS 1_', '/1.'])
      describeDevice(part.repeat(100_000));
    expect(spentMs()).toBeLessThan(200);
  });
});
