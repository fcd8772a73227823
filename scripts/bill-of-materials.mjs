// What Rollcall is made of at run time, as a CycloneDX list. npm knows the packages; this makes its list reproducible.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

const isDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

const byRef = (one, other) => (one < other ? -1 : 1);

/**
 * The list for package-lock.json, the same bytes for the same file on every machine: no time, no random number, no name
 * of the folder, no address of a registry.
 */
export function billOfMaterials() {
  // Without `--omit dev`: npm 11 then leaves out packages that something for development needs as well, such as react.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const npm = process.env.npm_execpath;
  const [program, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  return reproducible(
    JSON.parse(execFileSync(program, [...before, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })),
  );
}

export function reproducible(bom) {
  const components = bom.components
    .filter((each) => !isDevelopment(each))
    .map(({ externalReferences: _addresses, ...each }) => each)
    .sort((one, other) => byRef(one['bom-ref'], other['bom-ref']));
  const root = bom.metadata.component;
  const listed = new Set([root['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  const dependencies = bom.dependencies
    .filter(({ ref }) => listed.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => listed.has(each)).sort(byRef) }))
    .sort((one, other) => byRef(one.ref, other.ref));
  const { externalReferences: _addresses, ...component } = root;
  const named = { ...component, type: 'application', name: root['bom-ref'].replace(/@[^@]*$/, '') };
  const content = { metadata: { component: named }, components, dependencies };
  const head = { $schema: bom.$schema, bomFormat: bom.bomFormat, specVersion: bom.specVersion };
  const text = { ...head, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`, version: 1, ...content };
  return `${JSON.stringify(text, null, 2)}\n`;
}

/** A UUID of version 8 from the content, so that another content has another serial number. */
function uuidOf(content) {
  const hex = createHash('sha256').update(content).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
