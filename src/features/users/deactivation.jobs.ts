import { z } from 'zod';
import { systemJob } from '@/server/job';
import { reactivateDue } from './deactivation.service';

/** Ends deactivations after their last day, at most five minutes late. */
export const reactivateDueJob = systemJob({
  name: 'users.reactivate-due',
  input: z.unknown(),
  async run({ unit }) {
    let done: number;
    do done = await unit(reactivateDue, { exempt: true });
    while (done > 0);
  },
});
