import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';

/** An action of the build: its id, its name in Rollcall, and a page that has it. */
export type Entry = { id: string; name: string; path: string };

type ReferenceManifest = {
  node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
  edge: Record<string, unknown>;
};

let found: Entry[] | undefined;

/** Every action of the build, from the manifest that Next itself reads. */
export function findActions(): Entry[] {
  if (found) return found;
  const { tree } = inject('access');
  const { node, edge } = readManifest<ReferenceManifest>(tree, 'server-reference-manifest.json');
  if (Object.keys(edge).length > 0)
    throw new Error('There are actions in the edge runtime, which this suite cannot call.');
  found = Object.entries(node).map(([id, { workers, filename, exportedName }]) => {
    // Next names files relative to the folder of the lock file, which may differ from the folder of the build.
    const source = path.join(tree, filename.slice(filename.indexOf('src/')));
    const name = namesIn(source).get(exportedName) ?? `${filename}#${exportedName}`;
    const [page = ''] = Object.keys(workers).sort((a, b) => a.split('[').length - b.split('[').length);
    return { id, name, path: fill(routeOf(page.replace(/^app/, ''))) };
  });
  return found;
}

/** Pages and route handlers of the build, as Next lists them. */
export function findRoutes(): { pages: string[]; handlers: string[] } {
  const { tree } = inject('access');
  const keys = Object.keys(readManifest<Record<string, string>>(tree, 'app-paths-manifest.json'));
  const own = keys.filter((key) => !key.startsWith('/_'));
  return {
    pages: own
      .filter((key) => key.endsWith('/page'))
      .map(routeOf)
      .sort(),
    handlers: own
      .filter((key) => key.endsWith('/route'))
      .flatMap((key) => methodsOf(path.join(tree, 'src/app', `${key}.ts`)).map((method) => `${method} ${routeOf(key)}`))
      .sort(),
  };
}

function readManifest<T>(tree: string, name: string): T {
  return JSON.parse(readFileSync(path.join(tree, '.next/server', name), 'utf8')) as T;
}

/**
 * The address of an app folder: without groups, slots and the file name. A page that opens over others keeps its `(.)`,
 * because it is a separate entry.
 */
export function routeOf(key: string): string {
  return key.replace(/\/(page|route)(\.tsx?)?$/, '').replaceAll(/\/(\([^).]+\)|@[^/]+)/g, '') || '/';
}

/** Replaces each parameter of a route by this value. */
export function fill(route: string, value = 'x'): string {
  return route.replaceAll(/\[(\.\.\.)?[^\]]+\]/g, encodeURIComponent(value));
}

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

export function methodsOf(file: string): string[] {
  // An icon has no source file: Next serves it itself.
  if (!existsSync(file)) return ['GET'];
  const text = readFileSync(file, 'utf8');
  return methods.filter((method) => new RegExp(`export (const|async function|function) ${method}\\b`).test(text));
}

/** The actions that a file exports: the exported name and the name in Rollcall. */
export function namesIn(file: string): Map<string, string> {
  const text = readFileSync(file, 'utf8');
  const pattern = /export const (\w+) = action\(\{\s*name: '([^']+)'/g;
  return new Map([...text.matchAll(pattern)].map(([, exported = '', name = '']) => [exported, name]));
}

export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
