import Form from 'next/form';
import { FindField } from '@/components/form/find-field';
import { SelectField } from '@/components/form/select-field';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import type { InviteChoices } from '../form-options.queries';
import { SubmitOnChange } from './submit-on-change';

type Props = Pick<InviteChoices, 'organization' | 'organizations' | 'isCut' | 'find' | 'mayChoosePlatform'>;

/** It decides which roles and groups can be granted, so changing it reloads the form. */
export function OrganizationChoice({ organization, organizations, isCut, find, mayChoosePlatform }: Props) {
  const isFixed = !mayChoosePlatform && organizations.length <= 1 && !isCut;
  if (isFixed) {
    return (
      <p className="mb-6 max-w-xl">
        <span className="block font-medium text-sm">Organization</span>
        <span className="text-sm">{organization?.name ?? 'None where you can add people'}</span>
      </p>
    );
  }
  if (organizations.length === 0 && !isCut) {
    return (
      <p className="mb-6 max-w-xl text-ink-soft">
        There are no <TextLink href="/organizations">organizations</TextLink> yet, so this person is invited to the
        platform itself. Create one first if they belong to one.
      </p>
    );
  }
  return (
    <Form action="/users/new" scroll={false} prefetch={false} className="mb-6 flex max-w-xl flex-col gap-4">
      {isCut && (
        <FindField
          key={find}
          name="findOrganization"
          label="Find an organization"
          hint={
            organizations.length === 0
              ? 'No organization has this in its name.'
              : 'Part of its name. Then choose it below.'
          }
          defaultValue={find}
        />
      )}
      <SubmitOnChange>
        <div className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <SelectField
              key={organization?.id ?? ''}
              name="organization"
              label="Organization"
              hint="Decides which roles and groups you can grant."
              optional={mayChoosePlatform}
              {...(mayChoosePlatform && { placeholder: 'None: the whole platform' })}
              options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={organization?.id ?? ''}
            />
          </div>
          <span className="hidden noscript:block">
            <Button type="submit" tone="secondary" size="lg">
              Show its roles
            </Button>
          </span>
        </div>
      </SubmitOnChange>
    </Form>
  );
}
