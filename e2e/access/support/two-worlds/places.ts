import { readFileSync, writeFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { ask, nameOf, type Request } from './answers';
import type { Answers } from './crawl';
import type { World } from './servers';

/** A place in the program that asks `within()`: permission, column, and where it was called. */
export type Place = string;

const none = '';

/** Runs `steps` with the condition of one place left out, or with none, and returns the places that it reached. */
export async function reaching(world: World, leftOut: Place | null, steps: () => Promise<void>): Promise<Set<Place>> {
  const reached = `${world.scopeSwitch}.reached`;
  writeFileSync(world.scopeSwitch, leftOut ?? none);
  writeFileSync(reached, '');
  await steps();
  writeFileSync(world.scopeSwitch, none);
  return new Set(readFileSync(reached, 'utf8').split('\n').filter(Boolean));
}

/** One request, with its answer as a map, as `differences` wants it. */
export async function answerTo(world: World, cookie: string, request: Request): Promise<Answers> {
  const { answer } = await ask(world.url, cookie, request);
  return new Map([[nameOf(request), { request, answer }]]);
}

/** For each place what reached it. */
export type Reached<T> = Map<Place, T[]>;

export function note<T>(reached: Reached<T>, places: Iterable<Place>, by: T) {
  for (const place of places) reached.set(place, [...(reached.get(place) ?? []), by]);
}

/** The source of a place, as `users/details.queries.ts users.read m.organization_id`. A build can have it several times. */
export function sourceOf(place: Place): string {
  const [, asked = '', chunk = '', line, column] = /^(.*?)\s+at .*?([^\s(]+\.js):(\d+):(\d+)\)?$/.exec(place) ?? [];
  const map = new SourceMap(JSON.parse(readFileSync(`${chunk}.map`, 'utf8')) as SourceMapPayload);
  const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
  const file = 'originalSource' in entry ? entry.originalSource.replace(/^.*src\/(features\/)?/, '') : chunk;
  return `${file} ${asked}`;
}
