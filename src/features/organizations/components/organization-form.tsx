'use client';

import { useRef } from 'react';
import { ConflictNotice } from '@/components/form/conflict-notice';
import { Form } from '@/components/form/form';
import { OpenedValues } from '@/components/form/opened-values';
import { TextField } from '@/components/form/text-field';
import type { FormAction } from '@/lib/form-state';
import { slugFrom, slugMaxChars } from '@/lib/slugs';
import { createOrganizationAction } from '../create.actions';
import { updateOrganizationAction } from '../update.actions';

const nameMaxChars = 100;

export function NewOrganizationForm({ signInAddress }: { signInAddress: string }) {
  return (
    <OrganizationForm
      action={createOrganizationAction}
      submitLabel="Create organization"
      cancelHref="/organizations"
      slugHint={`Its people sign in at ${signInAddress}. Leave it empty to make it from the name.`}
    />
  );
}

type EditProps = { organization: { id: string; name: string; slug: string }; timeZone: string; signInAddress: string };

export function EditOrganizationForm({ organization, timeZone, signInAddress }: EditProps) {
  return (
    <OrganizationForm
      action={updateOrganizationAction}
      submitLabel="Save organization"
      cancelHref={`/organizations/${organization.slug}`}
      slugHint={`Its people sign in at ${signInAddress}. With another slug that address stops working at once.`}
      organization={organization}
      timeZone={timeZone}
    />
  );
}

type Props = {
  action: FormAction;
  submitLabel: string;
  cancelHref: string;
  slugHint: string;
  organization?: EditProps['organization'];
  timeZone?: string;
};

function OrganizationForm({ slugHint, organization, timeZone = 'UTC', ...form }: Props) {
  const fields = useRef<HTMLDivElement>(null);
  return (
    <Form {...form}>
      <ConflictNotice timeZone={timeZone} />
      {organization && <OpenedValues values={opened(organization)} />}
      <div
        ref={fields}
        className="flex flex-col gap-6"
        onInput={({ target }) => {
          if (!organization && fields.current) suggestSlug(fields.current, target as HTMLInputElement);
        }}
      >
        <TextField
          name="name"
          label="Name"
          hint="People see it on the sign-in page, in emails and in lists."
          defaultValue={organization?.name}
          maxLength={nameMaxChars}
          autoComplete="off"
        />
        <TextField
          name="slug"
          label="Slug"
          hint={slugHint}
          defaultValue={organization?.slug}
          maxLength={slugMaxChars}
          optional={!organization}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
    </Form>
  );
}

/** Follows the name until somebody types a slug of their own; emptying it lets it follow again. */
function suggestSlug(fields: HTMLElement, typed: HTMLInputElement) {
  const slug = fields.querySelector<HTMLInputElement>('input[name="slug"]');
  if (!slug) return;
  if (typed === slug) slug.dataset.own = slug.value === '' ? '' : 'yes';
  else if (typed.name === 'name' && !slug.dataset.own) slug.value = slugFrom(typed.value);
}

function opened({ id, name, slug }: EditProps['organization']) {
  return { id, wasName: name, wasSlug: slug };
}
