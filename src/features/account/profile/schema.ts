import { z } from 'zod';
import { type Profile, profileFields } from '@/lib/person-fields';

const was = z.string().max(1000).optional();

/** What the form showed stands beside what was typed: only what somebody changed themselves is written. */
export const ownProfileSchema = z
  .object({ ...profileFields, wasFirstName: was, wasLastName: was, wasPhone: was, wasExtension: was })
  .transform(({ wasFirstName, wasLastName, wasPhone, wasExtension, ...typed }) => {
    const shown = { firstName: wasFirstName, lastName: wasLastName, phone: wasPhone, extension: wasExtension };
    const fields = (Object.keys(shown) as (keyof Profile)[]).filter((field) => (typed[field] ?? '') !== shown[field]);
    return Object.fromEntries(fields.map((field) => [field, typed[field]])) as Partial<Profile>;
  });

export type OwnProfileInput = z.output<typeof ownProfileSchema>;
