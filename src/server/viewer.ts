import { headers } from 'next/headers';
import { routePattern, unknownRoute } from '@/lib/route-patterns';
import { currentSession } from './auth/cookie';
import { db } from './db/shared';
import { type Can, makeCan, principalOf } from './handle';
import { requestInfo, wantedPath } from './request';

export { ownSignInPath } from './auth/sign-in-path';

/** The signed-in person for the page's frame: only for showing and hiding, never as a guard. */
export async function viewer(): Promise<Can | null> {
  const session = await currentSession();
  return session ? makeCan(db(), principalOf(session), requestInfo(await headers())) : null;
}

/** Whether no page has the address of this request. */
export async function isUnknownAddress(): Promise<boolean> {
  return routePattern(wantedPath(await headers())).startsWith(unknownRoute);
}
