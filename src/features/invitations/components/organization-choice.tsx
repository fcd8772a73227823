import Form from 'next/form';
import { SelectField } from '@/components/form/select-field';
import { Button } from '@/components/ui/button';
import type { InviteChoices } from '../choices/queries';
import { SubmitOnChange } from './submit-on-change';

type Props = Pick<InviteChoices, 'organization' | 'organizations' | 'mayChoosePlatform'>;

/** Where the person goes. It decides which roles and groups can be given, so changing it loads the form anew. */
export function OrganizationChoice({ organization, organizations, mayChoosePlatform }: Props) {
  const isFixed = !mayChoosePlatform && organizations.length <= 1;
  if (isFixed) {
    return (
      <p className="mb-6 max-w-xl">
        <span className="block font-medium text-[15px] leading-6">Organization</span>
        <span className="text-[15px]">{organization?.name ?? 'None in which you may add people'}</span>
      </p>
    );
  }
  return (
    <Form action="/users/new" scroll={false} prefetch={false} className="mb-6 max-w-xl">
      <SubmitOnChange>
        <div className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <SelectField
              key={organization?.id ?? ''}
              name="organization"
              label="Organization"
              hint="Decides which roles and groups can be given."
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
