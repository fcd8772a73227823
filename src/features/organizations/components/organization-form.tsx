'use client';

import { useContext, useRef } from 'react';
import { ConflictChange } from '@/components/form/conflict-change';
import { Form } from '@/components/form/form';
import { FormContext } from '@/components/form/form-context';
import { TextField } from '@/components/form/text-field';
import { Notice } from '@/components/ui/notice';
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
      <Conflict timeZone={timeZone} />
      {organization && <Opened organization={organization} />}
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

/** After a refusal the values that were sent win over what the page has reloaded since. */
function Opened({ organization: { id, name, slug } }: Pick<EditProps, 'organization'>) {
  const { state } = useContext(FormContext);
  const opened = { id, wasName: name, wasSlug: slug };
  return Object.entries(opened).map(([field, value]) => (
    <input key={field} type="hidden" name={field} value={String(state.values[field] ?? value)} />
  ));
}

function Conflict({ timeZone }: { timeZone: string }) {
  const { state } = useContext(FormContext);
  if (!state.conflict) return null;
  return (
    <Notice tone="warn" title="Saved while you were editing">
      {state.conflict.changes.map((change) => (
        <p key={change.field}>
          <ConflictChange change={change} timeZone={timeZone} />
        </p>
      ))}
      <p className="mt-1">Below is what you typed. Save again to replace what is there now.</p>
    </Notice>
  );
}
