import { z } from 'zod';
import { systemJob } from '@/server/job';
import { answerHelpRequest } from './password-reset.service';

/** Answers "forgot password": active people get a link, invited people a reminder to activate, nobody else an email. */
systemJob({
  name: 'account.password-help',
  input: z.object({ userId: z.uuid(), limit: z.enum(['within', 'over']).default('within') }),
  run: ({ unit }, { userId, limit }) =>
    unit((work) => answerHelpRequest(work, userId, limit === 'over'), { exempt: true }),
});
