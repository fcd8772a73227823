import { unlockByAddress } from '@/features/users/sign-in-help.service';
import { operatorUnit } from '@/server/operator';

export async function unlockAccount([address]: string[]) {
  if (!address) throw new Error('Name the address: npm run rollcall -- unlock name@example.org');
  await operatorUnit('unlock', (work) => unlockByAddress(work, address));
  process.stdout.write(`Sign-in is unlocked for ${address}.\n`);
}
