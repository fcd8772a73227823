import { CheckboxGroup } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { FormHeading } from '@/components/form/form-heading';
import { RadioGroup } from '@/components/form/radio-group';
import { SubmitButton } from '@/components/form/submit-button';
import { TextField } from '@/components/form/text-field';
import { Textarea } from '@/components/form/textarea';
import { LinkButton } from '@/components/ui/button';
import { initialPasswordDays } from '@/features/account/credential.service';
import { fieldLimits, invitationLimits } from '@/lib/limits';
import type { InviteChoices } from '../form-options.queries';
import { inviteUserAction } from '../send.actions';
import { ExistingPersonLink } from './existing-person-link';
import { InviteOutcome } from './invite-outcome';
import { InvitePreview } from './invite-preview';
import { NewGroup } from './new-group';

type Props = { choices: InviteChoices; maySetPassword: boolean; nonce: string | undefined };

export function InviteForm({ choices, maySetPassword, nonce }: Props) {
  const { organization, roles } = choices;
  const max = fieldLimits.nameMaxChars;
  return (
    <Form action={inviteUserAction}>
      <InviteOutcome>
        <input type="hidden" name="organization" value={organization?.id ?? ''} />
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
        <TextField name="firstName" label="First name" autoComplete="off" maxLength={max} />
        <TextField name="lastName" label="Last name" autoComplete="off" maxLength={max} />
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
        <CheckboxGroup
          name="roles"
          legend={organization ? `Roles in ${organization.name}` : 'Roles on the whole platform'}
          hint="Permissions of several roles add up. You can only grant access you have there yourself."
          optional
          options={roles.map(({ id, name, description }) => ({ value: id, label: name, hint: description }))}
        />
        <Groups choices={choices} />
        <FormHeading title="How they join" line="What they receive, and how they sign in for the first time." />
        {maySetPassword && <HowTheyGetIn days={initialPasswordDays()} />}
        <Textarea
          name="message"
          label="Welcome message"
          optional
          rows={4}
          maxLength={invitationLimits.maxWelcomeChars}
          hint="Included in the email exactly as written."
        />
        <InvitePreview nonce={nonce} />
        <div className="flex flex-wrap items-center gap-3">
          <SubmitButton name="intent" value="send" size="lg" pendingLabel="Working…">
            <span className="group-has-[[value=password]:checked]/form:hidden">Send invitation</span>
            <span className="hidden group-has-[[value=password]:checked]/form:inline">Create user</span>
          </SubmitButton>
          <SubmitButton name="intent" value="preview" size="lg" tone="secondary">
            Preview the email
          </SubmitButton>
          <LinkButton href="/users" tone="quiet" size="lg">
            Cancel
          </LinkButton>
        </div>
      </InviteOutcome>
    </Form>
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
          <CheckboxGroup
            name="newGroupRoles"
            legend="Its roles"
            optional
            columns={2}
            options={roles.map(({ id, name }) => ({ value: id, label: name }))}
          />
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
