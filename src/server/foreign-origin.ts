import { log } from './log';
import type { RequestInfo } from './request';

/** Called for each form that did not come from a page of Rollcall, before anything else has run. */
export function foreignOriginRefused(request: RequestInfo) {
  log('info', 'request.foreign_origin', { path: request.path });
}
