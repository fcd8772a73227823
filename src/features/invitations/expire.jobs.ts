import { z } from 'zod';
import { systemJob } from '@/server/job';
import { expireInvitations } from './expire.service';

const batch = 2000;

/** Works in small transactions, so that nobody waits for a lock. */
systemJob({
  name: 'invitations.expire',
  input: z.unknown(),
  cron: '*/10 * * * *',
  async run({ unit }) {
    for (;;) {
      const count = await unit((work) => expireInvitations(work, batch), { exempt: true });
      if (count < batch) return;
    }
  },
});
