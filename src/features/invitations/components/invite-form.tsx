'use client';

import { useContext } from 'react';
import { CheckboxGroup } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { FormContext } from '@/components/form/form-context';
import { FormHeading } from '@/components/form/form-heading';
import { NameFields } from '@/components/form/name-fields';
import { RadioGroup } from '@/components/form/radio-group';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';
import { Textarea } from '@/components/form/textarea';
import { LinkButton } from '@/components/ui/button';
import { invitationLimits } from '@/lib/limits';
import type { InviteChoices } from '../form-options.queries';
import { inviteUserAction } from '../send.actions';
import { ExistingPersonLink } from './existing-person-link';
import { InviteOutcome } from './invite-outcome';
import { InvitePreview } from './invite-preview';
import { NewGroup } from './new-group';
import { OrganizationChoice } from './organization-choice';

type Props = { choices: InviteChoices; passwordDays: number; nonce: string | undefined };

export function InviteForm(props: Props) {
  return (
    <Form action={inviteUserAction}>
      <InviteOutcome>
        <Fields {...props} />
      </InviteOutcome>
    </Form>
  );
}

function Fields({ passwordDays, nonce, ...props }: Props) {
  const { state } = useContext(FormContext);
  const choices = (state.answer as InviteChoices | undefined) ?? props.choices;
  const { organization, roles, maySetPassword } = choices;
  const isNowhere = !organization && !choices.mayChoosePlatform;
  if (isNowhere) return <OrganizationChoice choices={choices} />;
  return (
    <>
      <OrganizationChoice choices={choices} />
      <FormHeading
        title="Who they are"
        line="Their address decides which account they get; the rest helps colleagues find them."
      />
      <TextField
        name="email"
        label="Email"
        type="email"
        autoComplete="off"
        hint="A work address, such as name@acme.com."
      />
      <ExistingPersonLink />
      <NameFields />
      <TextField
        name="phone"
        label="Phone"
        type="tel"
        optional
        autoComplete="off"
        hint="With country code: +44 20 7946 0000"
      />
      <FormHeading
        title="What they may do"
        line="Roles and groups decide what is open to them from the first sign-in."
      />
      {roles.length > 0 && (
        <CheckboxGroup
          name="roles"
          legend={organization ? `Roles in ${organization.name}` : 'Roles on the whole platform'}
          hint="Permissions of several roles add up. You can only grant access you have there yourself."
          optional
          options={roles.map(({ id, name, description }) => ({ value: id, label: name, hint: description }))}
        />
      )}
      <Groups choices={choices} />
      <FormHeading title="How they join" line="What they receive, and how they sign in for the first time." />
      {maySetPassword && <HowTheyGetIn days={passwordDays} />}
      <div className="group-has-[[value=password]:checked]/form:hidden">
        <Textarea
          name="message"
          label="Welcome message"
          optional
          rows={4}
          maxLength={invitationLimits.maxWelcomeChars}
          hint="Included in the email exactly as written."
        />
      </div>
      <InvitePreview nonce={nonce} />
      <Buttons choices={choices} />
    </>
  );
}

function Buttons({ choices: { organization, find } }: { choices: InviteChoices }) {
  const search = new URLSearchParams({ organization: organization?.id ?? '', findOrganization: find });
  const here = `/users/new?${search}`;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SubmitButton name="intent" value="send" formAction={here} size="lg" pendingLabel="Working…">
        <span className="group-has-[[value=password]:checked]/form:hidden">Send invitation</span>
        <span className="hidden group-has-[[value=password]:checked]/form:inline">Create user</span>
      </SubmitButton>
      <span className="group-has-[[value=password]:checked]/form:hidden">
        <SubmitButton name="intent" value="preview" formAction={here} size="lg" tone="secondary">
          Preview the email
        </SubmitButton>
      </span>
      <LinkButton href="/users" tone="quiet" size="lg">
        Cancel
      </LinkButton>
    </div>
  );
}

function Groups({ choices: { groups, mayMakeGroup, roles } }: Pick<Props, 'choices'>) {
  return (
    <>
      {groups.length > 0 && (
        <CheckboxGroup
          name="groups"
          legend="Groups"
          optional
          columns={2}
          hint="Members of a group get its roles."
          options={groups.map((group) => ({
            value: group.id,
            label: group.name,
            ...(group.roles.length > 0 && { hint: group.roles.join(', ') }),
          }))}
        />
      )}
      {mayMakeGroup && (
        <NewGroup>
          <TextField name="newGroupName" label="Name of the new group" optional maxLength={100} autoComplete="off" />
          {roles.length > 0 && (
            <CheckboxGroup
              name="newGroupRoles"
              legend="Its roles"
              optional
              columns={2}
              options={roles.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </NewGroup>
      )}
    </>
  );
}

function HowTheyGetIn({ days }: { days: number }) {
  return (
    <RadioGroup
      name="how"
      legend="How they get in"
      defaultValue="invitation"
      options={[
        {
          value: 'invitation',
          label: 'Email an invitation',
          hint: `They set their own password. The link works for ${invitationLimits.lifetimeMs / 86_400_000} days.`,
        },
        {
          value: 'password',
          label: 'Make an initial password',
          hint: `Shown to you once. It works for ${days === 1 ? 'one day' : `${days} days`}, and they must change it when they first sign in. No email is sent.`,
        },
      ]}
    />
  );
}
