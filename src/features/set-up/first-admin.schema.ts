import { z } from 'zod';
import { emailField, nameFields, wholeName } from '@/lib/person-fields';
import type { Link } from '@/server/auth/links';

export const setUpLinkKind = { kind: 'set-up', path: '/set-up' } as const satisfies Link;

export const setUpSchema = z
  .object({
    token: z.string().max(500),
    ...nameFields,
    email: emailField,
    password: z.string('Choose a password.').max(1000),
  })
  .refine(...wholeName);

export type SetUpInput = z.output<typeof setUpSchema>;
