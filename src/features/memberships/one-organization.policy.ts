import { env } from '@/server/env';

export function mayJoinSeveral(): boolean {
  return env().SEVERAL_ORGANIZATIONS;
}
