import { writeFile } from 'node:fs/promises';
import { spriteFile, spriteOf } from './icon-sprite';

/** `npm run icons` writes the sprite after a change of the list in src/components/ui/icon-drawings.ts. */
await writeFile(spriteFile, spriteOf());
console.log(`Wrote ${spriteFile}`);
