import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { spriteFile, spriteOf } from '../../../scripts/icon-sprite';

test('the sprite has every drawing as it is now; `npm run icons` writes it', () => {
  expect(readFileSync(spriteFile, 'utf8')).toBe(spriteOf());
});
