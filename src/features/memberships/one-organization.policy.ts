import { env } from '@/server/env';

/** Whether one person may join more than one organization. Existing memberships stay either way. */
export function mayJoinSeveral(): boolean {
  return env().SEVERAL_ORGANIZATIONS;
}
