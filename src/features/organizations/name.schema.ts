import { z } from 'zod';
import { isId } from '@/lib/ids';
import { reasonField } from '@/lib/reason';
import { returnPath } from '@/lib/redirects';
import { isReservedSlug, isSlug, slugMaxChars } from '@/lib/slugs';
import { cleanName } from '@/lib/text';

export const organizationNameMaxChars = 100;

const nameLength = `Enter a name of 2 to ${organizationNameMaxChars} characters.`;

const nameField = z
  .string(nameLength)
  .max(10_000, nameLength)
  .transform(cleanName)
  .pipe(z.string().min(2, nameLength).max(organizationNameMaxChars, nameLength));

const slugWords = `Use 2 to ${slugMaxChars} letters a–z, digits and single hyphens, such as acme-health.`;

const slugField = z
  .string(slugWords)
  .max(1000, slugWords)
  .transform((typed) => typed.trim().toLowerCase())
  .refine((slug) => slug === '' || isSlug(slug), slugWords)
  .refine((slug) => !isReservedSlug(slug), 'Rollcall uses this word itself. Choose another slug.')
  .default('');

/** An empty slug is made from the name. */
export const createOrganizationSchema = z.object({ name: nameField, slug: slugField });
export type NewOrganization = z.output<typeof createOrganizationSchema>;

const openAgain = 'Open this form again from the organization’s page.';
const organizationId = z.string(openAgain).refine(isId, openAgain);
const opened = z.string(openAgain).max(1000, openAgain);

/** `wasName` and `wasSlug` are what the form was opened with. */
export const updateOrganizationSchema = z.object({
  id: organizationId,
  name: nameField,
  slug: slugField.refine((slug) => slug !== '', 'Enter a slug.'),
  wasName: opened,
  wasSlug: opened,
});
export type UpdateOrganization = z.output<typeof updateOrganizationSchema>;

export const organizationStatusSchema = z.object({
  id: organizationId,
  reason: reasonField,
  returnTo: z.string('Go back and open this page again.').optional().transform(returnPath),
});
export type ChangeOrganizationStatus = Pick<z.output<typeof organizationStatusSchema>, 'id' | 'reason'>;
