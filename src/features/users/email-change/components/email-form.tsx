'use client';

import { Form } from '@/components/form/form';
import { PasswordField } from '@/components/form/password-field';
import { RadioGroup } from '@/components/form/radio-group';
import { TextField } from '@/components/form/text-field';
import { emailProblemText, parseEmail } from '@/lib/email';
import { changeEmailAction, changeOwnEmailAction } from '../request.actions';

type Props = { id: string; hours: number; waitHours: number; maySkipConfirmation: boolean };

export function EmailForm({ id, hours, waitHours, maySkipConfirmation }: Props) {
  return (
    <Form
      action={changeEmailAction}
      submitLabel={maySkipConfirmation ? 'Change address' : 'Send the link'}
      cancelHref={`/users/${id}`}
      check={check}
    >
      <Consequences hours={maySkipConfirmation ? null : hours} waitHours={maySkipConfirmation ? null : waitHours} />
      <input type="hidden" name="id" value={id} />
      <NewAddress />
      {maySkipConfirmation && (
        <RadioGroup
          name="how"
          legend="How is the new address checked?"
          defaultValue="link"
          options={[
            { value: 'link', label: 'By a link', hint: linkWords(hours) },
            {
              value: 'now',
              label: 'Not at all: change it now',
              hint: 'The change takes effect at once. A mistyped address could let a stranger in, so check it first.',
            },
          ]}
        />
      )}
    </Form>
  );
}

export function OwnEmailForm({ hours }: Pick<Props, 'hours'>) {
  return (
    <Form action={changeOwnEmailAction} submitLabel="Send the link" cancelHref="/account" check={check}>
      <Consequences hours={hours} />
      <NewAddress />
      <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" />
    </Form>
  );
}

function NewAddress() {
  return <TextField name="email" label="New email address" type="email" autoComplete="off" spellCheck={false} />;
}

const linkWords = (hours: number) =>
  `A link is sent to the new address. It works once, for ${hours} hours. Nothing changes until it is used.`;

function Consequences({ hours, waitHours = null }: { hours: number | null; waitHours?: number | null }) {
  return (
    <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5">
      {hours !== null && <li>{linkWords(hours)}</li>}
      {waitHours !== null && (
        <li>
          The current address is asked too. Once the new address has confirmed, the change takes effect as soon as the
          current one agrees, or {waitHours} hours later. The current address can stop it until then.
        </li>
      )}
      <li>After the change, sign-in needs the new address and the same password. Open sessions end.</li>
      <li>Links sent to the old address stop working. Both addresses get an email.</li>
    </ul>
  );
}

function check(name: string, value: string): string[] | undefined {
  if (name !== 'email') return undefined;
  const parsed = parseEmail(value);
  return parsed.ok ? [] : [emailProblemText(parsed.reason)];
}
