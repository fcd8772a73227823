import { makeAdmin } from '@/features/set-up/first-admin.service';

export async function createAdmin([address]: string[]) {
  if (!address) throw new Error('Name the address: npm run rollcall -- create-admin name@example.org');
  const link = await makeAdmin(address);
  process.stdout.write(`${address} is a System Admin. Open this within an hour to set the password:\n${link}\n`);
}
