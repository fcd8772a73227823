import { headers } from 'next/headers';
import { personActor } from './audit';
import { currentSession } from './auth/cookie';
import { Fail } from './fail';
import { traceRefusal } from './refusals';
import { requestInfo } from './request';

/** Traces what the current request tried in vain. Any other error is none of its business. */
export async function traceRequest(error: unknown, what: string) {
  if (!(error instanceof Fail)) return;
  const actor = personActor((await currentSession())?.user.id);
  await traceRefusal(error, { actor, request: requestInfo(await headers()), what });
}
