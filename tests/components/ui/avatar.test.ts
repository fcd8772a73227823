import { expect, test } from 'vitest';
import { initials } from '@/components/ui/avatar';

test.each([
  ['Ada Lovelace', 'AL'],
  ['Jean-Baptiste Emanuel Zorg', 'JZ'],
  ['plato', 'P'],
  ['李 小龍', '李小'],
  ['', '?'],
])('the initials of "%s" are "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
