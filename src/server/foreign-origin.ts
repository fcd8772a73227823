import { setBounded } from '@/lib/bounded-map';
import { nobody } from './audit';
import { sourceOf } from './auth/throttle';
import { Fail } from './fail';
import { log } from './log';
import { traceRefusal } from './refusals';
import type { RequestInfo } from './request';

const rememberMs = 10 * 60_000;
const rememberedSources = 10_000;
const traced = new Map<string, number>();

/**
 * Called for each form that did not come from a page of Rollcall, before anything else has run. A source that sends
 * many costs one look into the database, not one each.
 */
export function foreignOriginRefused(request: RequestInfo) {
  const source = sourceOf(request.ip);
  const before = traced.get(source);
  if (before !== undefined && performance.now() - before < rememberMs) return;
  setBounded(traced, source, performance.now(), rememberedSources);
  log('info', 'request.foreign_origin', { path: request.path });
  void traceRefusal(new Fail('origin'), { actor: nobody, request, what: 'form' });
}
