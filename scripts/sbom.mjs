// Writes the CycloneDX list of the packages Rollcall runs on: `npm run sbom`, or `npm run sbom -- <file>`.
import { writeFileSync } from 'node:fs';
import { billOfMaterials } from './bill-of-materials.mjs';
import { onPinnedNode, say } from './bootstrap.mjs';

await onPinnedNode(import.meta.url);
const [file = 'sbom.cdx.json'] = process.argv.slice(2);
const text = billOfMaterials();
writeFileSync(file, text);
say(`Wrote ${JSON.parse(text).components.length} packages to ${file}.`);
