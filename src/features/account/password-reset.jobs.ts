import { z } from 'zod';
import { defineJob } from '@/server/queue/define-job';

/** Answers "forgot password": active people get a link, invited people a reminder to activate, nobody else an email. */
export const passwordHelpJob = defineJob({
  name: 'account.password-help',
  input: z.object({ userId: z.uuid(), limit: z.enum(['within', 'over']).default('within') }),
  exempt: true,
  // A person is waiting for this mail at the sign-in page, and must not wait for everybody who asked before.
  queue: { pollSeconds: 1, batch: 50 },
});
