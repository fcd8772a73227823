import { makeAdmin } from '@/features/set-up/first-admin.service';
import { operatorUnit } from '@/server/operator';

export async function createAdmin([address]: string[]) {
  if (!address) throw new Error('Name the address: npm run rollcall -- create-admin name@example.org');
  const link = await operatorUnit('create-admin', (work) => makeAdmin(work, address));
  process.stdout.write(`${address} is a System Admin. Open this within an hour to set the password:\n${link}\n`);
}
