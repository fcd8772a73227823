import { z } from 'zod';
import { isId } from '@/lib/ids';
import { type Profile, profileFields, wholeName } from '@/lib/person-fields';

const opened = z.string('Open this form again.').max(1000, 'Open this form again.').optional();

/** They separate the sender's changes from others' changes, which the version alone cannot do. */
const was = {
  wasFirstName: opened,
  wasLastName: opened,
  wasPhone: opened,
  wasExtension: opened,
  wasEmail: opened,
  wasStatus: opened,
};

const fields = {
  version: z
    .string('Open this form again.')
    .regex(/^\d{1,9}$/, 'Open this form again.')
    .transform(Number),
  ...profileFields,
  ...was,
};

type Fields = z.output<z.ZodObject<typeof fields>>;

function editOf({ version, firstName, lastName, phone, extension, ...rest }: Fields) {
  return {
    version,
    profile: { firstName, lastName, phone, extension } satisfies Profile,
    opened: {
      firstName: rest.wasFirstName,
      lastName: rest.wasLastName,
      phone: rest.wasPhone,
      extension: rest.wasExtension,
      email: rest.wasEmail,
      status: rest.wasStatus,
    },
  };
}

export const profileEditSchema = z
  .object(fields)
  .refine(...wholeName)
  .transform(editOf);
export type ProfileEdit = z.output<typeof profileEditSchema>;

const noPerson = 'Open this form again from the person’s page.';

export const updateUserSchema = z
  .object({ id: z.string(noPerson).refine(isId, noPerson), ...fields })
  .refine(...wholeName)
  .transform(({ id, ...rest }) => ({ id, ...editOf(rest) }));

export type UpdateUserInput = z.output<typeof updateUserSchema>;
type Opened = ProfileEdit['opened'];
export type WatchedField = keyof Opened;

export const fieldLabels: Record<WatchedField, string> = {
  firstName: 'First name',
  lastName: 'Last name',
  phone: 'Phone',
  extension: 'Extension',
  email: 'Email',
  status: 'Status',
};
