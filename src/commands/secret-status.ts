import { countPasswordsByKey } from '@/features/account/password-keys.queries';
import { invitationLimits } from '@/lib/limits';
import { env } from '@/server/env';
import { operatorReads } from '@/server/operator';

const days = invitationLimits.lifetimeMs / 86_400_000;

/** Tells an operator who exchanges SECRET how far it is, and when SECRET_PREVIOUS can go. */
export async function secretStatus() {
  const counts = await countPasswordsByKey(operatorReads());
  process.stdout.write(`${reportOf(counts, env().SECRET_PREVIOUS !== undefined).join('\n')}\n`);
}

type Counts = { current: number; previous: number; gone: number };

function reportOf({ current, previous, gone }: Counts, hasPrevious: boolean): string[] {
  const lines = [`Under SECRET: ${passwords(current)}.`];
  if (hasPrevious) {
    lines.push(
      `Under SECRET_PREVIOUS: ${passwords(previous)}. Each moves to SECRET when its owner signs in.`,
      previous === 0
        ? `No password needs SECRET_PREVIOUS any more. Remove it once the change is ${days} days ago: reminders of older invitations need it until then.`
        : `You can remove SECRET_PREVIOUS once the change is ${days} days ago. Those who have not signed in by then use "Forgot your password?".`,
    );
  }
  if (gone > 0) {
    lines.push(
      `Under a secret that is no longer set: ${passwords(gone)}. Their owners use "Forgot your password?", or you set that secret as SECRET_PREVIOUS again.`,
    );
  }
  return lines;
}

function passwords(n: number): string {
  return `${n.toLocaleString('en')} ${n === 1 ? 'password' : 'passwords'}`;
}
