import type { Profile } from '@/lib/person-fields';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';

const ownAccount = unscoped('own account');

export type OwnProfile = Profile & {
  id: string;
  email: string;
  status: string;
  version: number;
  createdAt: Date;
  lastSignInAt: Date | null;
  passwordChangedAt: Date | null;
};

export async function getOwnProfile(can: Can<'account.own'>): Promise<OwnProfile> {
  const { credential, ...user } = await can.read(ownAccount, (tables) =>
    tables.user.findUniqueOrThrow({
      where: { id: can.actor.id },
      select: {
        id: true,
        email: true,
        status: true,
        version: true,
        firstName: true,
        lastName: true,
        phone: true,
        extension: true,
        createdAt: true,
        lastSignInAt: true,
        credential: { select: { changedAt: true } },
      },
    }),
  );
  return { ...user, passwordChangedAt: credential?.changedAt ?? null };
}
