import type { TestServer } from '@tests/support/server';
import { withClient } from '@/server/db/cluster';
import { saveRoleSettings } from '@/server/db/role-settings';

/** Nobody may be connected to the database that is copied. */
export async function copyDatabase({ superuser, owner, application }: TestServer['urls'], from: string, to: string) {
  const role = new URL(owner.replace('{database}', from)).username;
  await withClient(superuser.replace('{database}', 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${to} OWNER ${role} TEMPLATE ${from}`),
  );
  // They belong to the database, but a copy does not have them.
  await saveRoleSettings(application.replace('{database}', to));
}
