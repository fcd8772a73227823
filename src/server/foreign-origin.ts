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
  traced.delete(source);
  const [oldest] = traced.size >= rememberedSources ? traced.keys() : [];
  if (oldest !== undefined) traced.delete(oldest);
  traced.set(source, performance.now());
  log('info', 'request.foreign_origin', { path: request.path });
  const attempt = { actor: { kind: 'anonymous' as const, id: null }, request, what: 'form' };
  void traceRefusal(new Fail('origin'), attempt);
}
