import { expect, it } from 'vitest';
import { isId, newId } from '@/lib/ids';

it('makes ids that sort in the order they were made', () => {
  const ids = Array.from({ length: 1000 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every(isId)).toBe(true);
  expect(ids.every((id) => id[14] === '7')).toBe(true);
});

it.each([
  '',
  'x',
  null,
  undefined,
  7,
  {},
  ['01890a5d-ac96-774b-bcce-b302099a8057'],
  { not: '' },
  '01890A5D-AC96-774B-BCCE-B302099A8057',
  '01890a5dac96774bbcceb302099a8057',
  '{01890a5d-ac96-774b-bcce-b302099a8057}',
  '01890a5d-ac96-774b-bcce-b302099a8057\n',
  ' 01890a5d-ac96-774b-bcce-b302099a8057',
  '01890a5d-ac96-774b-bcce-b302099a805',
  '01890a5d-ac96-774b-ccce-b302099a8057',
])('does not take %j for an id', (value) => {
  expect(isId(value)).toBe(false);
});
