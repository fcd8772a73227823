import { unlockByAddress } from '@/features/users/sign-in-help.service';
import { Fail } from '@/server/fail';
import { operatorUnit } from '@/server/operator';

export async function unlockAccount([address]: string[]) {
  if (!address) throw new Error('Name the address: npm run rollcall -- unlock name@example.org');
  try {
    await operatorUnit('unlock', (work) => unlockByAddress(work, address));
  } catch (error) {
    if (error instanceof Fail) throw new Error(error.words);
    throw error;
  }
  process.stdout.write(`Sign-in is unlocked for ${address}.\n`);
}
