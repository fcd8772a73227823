import { newId } from '@/lib/ids';
import { isReservedSlug, slugFrom, slugMaxChars } from '@/lib/slugs';
import { Fail } from '@/server/fail';
import { unscoped } from '@/server/scope';
import type { Work } from '@/server/work';
import type { NewOrganization } from './name.schema';

const newOrganization = unscoped('organizations belong to the platform');

/** So many organizations may share a name before somebody has to think of a slug. */
const triedSlugs = 20;

/** Returns its slug. An empty one is made from the name, with a number if that is taken. */
export async function createOrganization(
  work: Work<'organizations.create'>,
  { name, slug }: NewOrganization,
): Promise<string> {
  const id = newId();
  const chosen = await insert(work, { id, name }, slug ? [slug] : slugsFrom(name));
  await work.audit({
    action: 'organization.created',
    subject: { type: 'organization', id },
    organizationId: id,
    after: { name, slug: chosen },
  });
  return chosen;
}

function slugsFrom(name: string): string[] {
  const slug = slugFrom(name);
  if (slug.length < 2) {
    throw new Fail('input', { errors: { slug: ['Enter a slug. This name has no letters a–z for one.'] } });
  }
  // Leaves room for the number.
  const base = slug.slice(0, slugMaxChars - 3).replace(/-$/, '');
  const numbered = Array.from({ length: triedSlugs - 1 }, (_, at) => `${base}-${at + 2}`);
  return [slug, ...numbered].filter((each) => !isReservedSlug(each));
}

async function insert(
  work: Work<'organizations.create'>,
  organization: { id: string; name: string },
  slugs: string[],
): Promise<string> {
  for (const slug of slugs) {
    const made = await work.write(newOrganization, (tables) =>
      tables.organization.createMany({ data: [{ ...organization, slug }], skipDuplicates: true }),
    );
    if (made.count === 1) return slug;
  }
  throw new Fail('organization.slug_taken', { field: 'slug' });
}
