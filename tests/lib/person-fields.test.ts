import { expect, test } from 'vitest';
import { z } from 'zod';
import { fieldErrors } from '@/lib/form-data';
import { nameFields, wholeName } from '@/lib/person-fields';

const schema = z.object({ email: z.string().min(1, 'Enter an address.'), ...nameFields }).refine(...wholeName);
const errorsOf = (typed: Record<string, string>) => {
  const parsed = schema.safeParse(typed);
  return parsed.success ? null : fieldErrors(parsed.error);
};
const email = 'ada@example.com';

test.each([
  ['Ada', 'Lovelace'],
  ['Ada', ''],
  ['', 'Lovelace'],
  ['李', '明'],
  ['Ελένη', 'Παπαδοπούλου'],
  ['Анна', 'Каренина'],
  ['علي', 'بن أبي طالب'],
  ['יעל', 'כהן'],
  ['अनुष्का', ''],
  ['ด.ช. สมชาย', ''],
  ['김', '민준'],
  ['👩‍🚀 Ada', ''],
  ['🦊🦊', ''],
  ['a'.repeat(50), 'b'.repeat(50)],
  ['🦊'.repeat(50), 'अ'.repeat(50)],
])('%j and %j are a name', (firstName, lastName) => {
  expect(schema.parse({ email, firstName, lastName })).toMatchObject({ firstName, lastName });
});

const nobody = ['Enter a first name or a last name.'];
const short = ['Use at least 2 characters, first and last name together.'];
const long = ['Use at most 50 characters here.'];

test.each([
  [{}, { firstName: nobody }],
  [{ firstName: ' \u200b ', lastName: '\t' }, { firstName: nobody }],
  [{ firstName: '李' }, { firstName: short }],
  [{ lastName: '🦊' }, { firstName: short }],
  [{ firstName: 'a'.repeat(51) }, { firstName: long }],
  [
    { firstName: 'a'.repeat(100), lastName: 'b'.repeat(100) },
    { firstName: long, lastName: long },
  ],
])('%j is not', (typed, errors) => {
  expect(errorsOf({ email, ...typed })).toEqual(errors);
});

test('a missing name is told together with the other errors', () => {
  expect(errorsOf({ email: '' })).toEqual({ email: ['Enter an address.'], firstName: nobody });
});
