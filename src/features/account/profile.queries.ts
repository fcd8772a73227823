import type { Profile } from '@/lib/person-fields';
import type { Can } from '@/server/work';

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
  const { credential, ...user } = await can.db.user.findUniqueOrThrow({
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
  });
  return { ...user, passwordChangedAt: credential?.changedAt ?? null };
}
