import { expect, test } from 'vitest';
import { profileFields } from '@/lib/person-fields';
import { type ProfileField, profileProblems } from '@/lib/person-problems';

const tooMany = 'Use at most 10 digits.';

test.each<[ProfileField, string, string[]]>([
  ['firstName', '', []],
  ['firstName', 'a'.repeat(51), ['Use at most 50 characters here.']],
  ['lastName', 'a'.repeat(10_001), ['Use at most 50 characters here.']],
  ['phone', ' ', []],
  ['phone', '+44 20 7946 0000', []],
  ['phone', '020 7946 0000', ['Start with a plus sign and the country code, such as +44 20 7946 0000.']],
  ['extension', ' 2-0 4', []],
  ['extension', '12345678901', [tooMany]],
  ['extension', '1'.repeat(101), [tooMany]],
  ['extension', 'extension 204', ['Use only digits here, such as 204.', tooMany]],
])('%s %j has the same problems in the form and on the server', (field, typed, problems) => {
  const refused = profileFields[field].safeParse(typed).error?.issues.map(({ message }) => message) ?? [];
  expect(profileProblems[field](typed)).toEqual(problems);
  expect(refused).toEqual(problems);
});
