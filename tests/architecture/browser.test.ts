import path from 'node:path';
import { expect, test } from 'vitest';
import { sourceFiles, withoutComments } from './files';

const texts = new Map(sourceFiles('src').map((file) => [file.path, withoutComments(file.text).trimStart()]));
const isMarked = (file: string, mark: 'client' | 'server') => texts.get(file)?.startsWith(`'use ${mark}'`) ?? false;

/** What a module imports when it runs. Types are gone by then, and of a form action the browser gets only the name. */
function importsOf(file: string): string[] {
  const found = [...(texts.get(file) ?? '').matchAll(/^(?:import|export)\s(?!type\s)[^;]*?from '([^']+)'/gm)];
  return found.map(([, name = '']) => resolved(name, file)).filter((name) => !isMarked(name, 'server'));
}

function resolved(name: string, from: string): string {
  if (!/^(@\/|\.)/.test(name)) return name;
  const base = name.startsWith('@/') ? `src/${name.slice(2)}` : path.posix.join(path.posix.dirname(from), name);
  return [base, `${base}.ts`, `${base}.tsx`].find((each) => texts.has(each)) ?? base;
}

/** Everything the browser gets, each with the way to it. */
function reachedFrom(starts: string[]): Map<string, string> {
  const reached = new Map(starts.map((file) => [file, file]));
  for (const [file, way] of reached)
    for (const next of importsOf(file)) if (!reached.has(next)) reached.set(next, `${way} → ${next}`);
  return reached;
}

const inBrowsers = reachedFrom([...texts.keys()].filter((file) => isMarked(file, 'client')));

test('the modules of forms and what they import are followed', () => {
  for (const module of ['src/components/form/form.tsx', 'src/lib/person-problems.ts', 'react'])
    expect([...inBrowsers.keys()]).toContain(module);
});

test('no page sends Zod: it is larger than any form, so checks while typing are functions that schemas use too', () => {
  expect(inBrowsers.get('zod')).toBeUndefined();
});
