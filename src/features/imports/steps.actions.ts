'use server';

import { action, done } from '@/server/work';
import { columnsFormSchema } from './columns.schema';
import { confirmFormSchema, planFormSchema } from './review.schema';
import { cancelImport, confirmImport, prepareImport, revalidateImport } from './steps.service';

export const prepareImportAction = action({
  name: 'import.prepare',
  permission: 'users.import',
  input: columnsFormSchema,
  run: async (work, input) => {
    await prepareImport(work, input);
    return done(`/imports/${input.id}`);
  },
});

export const revalidateAction = action({
  name: 'import.revalidate',
  permission: 'users.import',
  input: planFormSchema,
  run: async (work, { id }) => {
    await revalidateImport(work, id);
    return done(`/imports/${id}`);
  },
});

export const confirmImportAction = action({
  name: 'import.confirm',
  permission: 'users.import',
  input: confirmFormSchema,
  run: async (work, { id, hash }) => {
    await confirmImport(work, id, hash);
    return done(`/imports/${id}`);
  },
});

export const cancelImportAction = action({
  name: 'import.cancel',
  permission: 'users.import',
  input: planFormSchema,
  run: async (work, { id }) => {
    const { hadBegun } = await cancelImport(work, id);
    return hadBegun ? done(`/imports/${id}`, 'import.cancelled') : done('/imports', 'import.discarded');
  },
});
