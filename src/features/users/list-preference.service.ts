import type { Work } from '@/server/work';
import type { UserListPreference } from './list-preference.schema';

export async function saveUserList(work: Work<'users.read'>, list: UserListPreference) {
  const saved = JSON.stringify({ users: list });
  await work.db.$executeRaw`
    INSERT INTO preference (user_id, lists) VALUES (${work.actor.id}::uuid, ${saved}::jsonb)
    ON CONFLICT (user_id) DO UPDATE SET lists = preference.lists || excluded.lists`;
}
