import type { TestServer } from '@tests/support/server';
import { withClient } from '@/server/db/cluster';

/** Nobody may be connected to the database that is copied. */
export async function copyDatabase({ superuser, owner }: TestServer['urls'], from: string, to: string) {
  const role = new URL(owner.replace('{database}', from)).username;
  await withClient(superuser.replace('{database}', 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${to} OWNER ${role} TEMPLATE ${from}`),
  );
}
