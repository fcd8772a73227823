import Form from 'next/form';
import { TextField } from '@/components/form/text-field';
import { Button } from '@/components/ui/button';
import type { ImportableOrganizations } from '../queries';

export const findOrganization = 'findOrganization';

type Props = { path: string; choices: ImportableOrganizations };

/** Where there are more organizations than a list can show. It loads the page anew, so it stands before the form. */
export function FindOrganization({ path, choices }: Props) {
  const { organizations, isCut, find } = choices;
  if (!isCut) return null;
  return (
    <Form key={find} action={path} scroll={false} prefetch={false} className="flex max-w-xl items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          name={findOrganization}
          label="Find an organization"
          hint={
            organizations.length === 0
              ? 'None has this in its name.'
              : 'Part of its name. Then choose it below, before anything else: the page is loaded anew.'
          }
          type="search"
          defaultValue={find}
          optional
        />
      </div>
      <Button type="submit" tone="secondary" size="lg" icon="search">
        Search
      </Button>
    </Form>
  );
}
