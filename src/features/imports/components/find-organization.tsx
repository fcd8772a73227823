import Form from 'next/form';
import { FindField } from '@/components/form/find-field';
import type { ImportableOrganizations } from '../form-options.queries';

export const findOrganization = 'findOrganization';

type Props = { path: string; choices: ImportableOrganizations };

/** Where there are more organizations than a list can show. It loads the page anew, so it stands before the form. */
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
            ? 'None has this in its name.'
            : 'Part of its name. Then choose it below, before anything else: the page is loaded anew.'
        }
        defaultValue={find}
      />
    </Form>
  );
}
