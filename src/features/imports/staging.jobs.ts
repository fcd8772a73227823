import { z } from 'zod';
import { systemJob } from '@/server/job';
import { dropLateRows, endCutOffUploads } from './staging.service';

systemJob({
  name: 'imports.cut-off',
  cron: '* * * * *',
  input: z.unknown(),
  run: async ({ unit }) => {
    await unit(endCutOffUploads, { exempt: true });
    await unit(dropLateRows, { exempt: true });
  },
});
