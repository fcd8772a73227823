import Form from 'next/form';
import { FindField } from '@/components/form/find-field';
import type { ImportableOrganizations } from '../form-options.queries';

export const findOrganization = 'findOrganization';

type Props = { path: string; choices: ImportableOrganizations };

/** A search for when the list cannot show all organizations. It reloads the page, so it comes before the form. */
export function FindOrganization({ path, choices }: Props) {
  const { organizations, isCut, find } = choices;
  if (!isCut) return null;
  return (
    <Form key={find} action={path} scroll={false} prefetch={false} className="max-w-xl">
      <FindField
        name={findOrganization}
        label="Find an organization"
        hint={
          organizations.length === 0
            ? 'No organization has this in its name.'
            : 'Enter part of its name, then choose it below. Do this first, because it reloads the page.'
        }
        defaultValue={find}
      />
    </Form>
  );
}
