import { z } from 'zod';
import { systemJob } from '@/server/job';
import { remindInvitations } from './reminders.service';

const batch = 500;

/** Works in small transactions, each with invitations that no other worker has locked. */
systemJob({
  name: 'invitations.remind',
  input: z.unknown(),
  async run({ unit }) {
    // Last reminders go first: a person who gets one needs no other.
    for (const which of ['last', 'first'] as const) {
      let count = batch;
      while (count === batch) {
        count = await unit((work) => remindInvitations(work, which, batch), { exempt: true });
      }
    }
  },
});
