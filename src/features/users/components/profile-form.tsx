'use client';

import { useContext } from 'react';
import { ConflictNotice } from '@/components/form/conflict-notice';
import { Form } from '@/components/form/form';
import { FormContext } from '@/components/form/form-context';
import { FormHeading } from '@/components/form/form-heading';
import { OpenedValues } from '@/components/form/opened-values';
import { RadioGroup } from '@/components/form/radio-group';
import { TextField } from '@/components/form/text-field';
import type { FieldValues } from '@/lib/form-data';
import type { FormAction } from '@/lib/form-state';
import { fieldLimits } from '@/lib/limits';
import { nameHint, nameProblem, type ProfileField, profileProblems } from '@/lib/person-problems';
import { updateUserAction } from '../profile.actions';

type Props = {
  values: Record<string, string>;
  timeZone: string;
  ownAction?: FormAction;
};

export function EditForm({ values, timeZone, ownAction }: Props) {
  const filledBy = (name: string) => ownAction && { autoComplete: name };
  const form = ownAction
    ? { action: ownAction, submitLabel: 'Save profile' }
    : { action: updateUserAction, submitLabel: 'Save changes', cancelHref: `/users/${values.id}` };
  const opened = Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(profileProblems, name)));
  return (
    <Form {...form} check={check}>
      <Conflict timeZone={timeZone} />
      <OpenedValues values={opened} />
      <FormHeading title="Name" line="How they are called everywhere: in lists, mails and the audit log." />
      <Part
        name="firstName"
        label="First name"
        value={values.firstName}
        isOneOf
        hint={nameHint}
        {...filledBy('given-name')}
      />
      <Part name="lastName" label="Last name" value={values.lastName} isOneOf {...filledBy('family-name')} />
      <FormHeading title="Phone" line="Where colleagues reach them. Nothing is sent to it." />
      <Part
        name="phone"
        label="Phone"
        value={values.phone}
        type="tel"
        inputMode="tel"
        hint="With the country code, such as +44 20 7946 0000."
        optional
        {...filledBy('tel')}
      />
      <Part
        name="extension"
        label="Extension"
        value={values.extension}
        inputMode="numeric"
        hint={`Up to ${fieldLimits.extensionMaxDigits} digits.`}
        size="short"
        optional
        {...filledBy('tel-extension')}
      />
    </Form>
  );
}

function check(name: string, value: string, values: FieldValues): string[] | undefined {
  if (!Object.hasOwn(profileProblems, name)) return undefined;
  const own = profileProblems[name as ProfileField](value);
  if (name !== 'firstName' || own.length > 0) return own;
  const problem = nameProblem({ firstName: value, lastName: String(values.lastName ?? '') });
  return problem ? [problem] : [];
}

function Conflict({ timeZone }: { timeZone: string }) {
  const { state } = useContext(FormContext);
  const next = state.conflict?.choices.length
    ? 'You changed some of the same fields. Choose below what to keep, then save.'
    : 'You changed other fields. Save again to keep both.';
  return <ConflictNotice timeZone={timeZone} next={next} />;
}

type PartProps = Omit<React.ComponentProps<typeof TextField>, 'defaultValue'> & { value: string | undefined };

function Part({ value, ...field }: PartProps) {
  const { state } = useContext(FormContext);
  const choice = state.conflict?.choices.find(({ name }) => name === field.name);
  if (!choice) {
    // A new key after a conflict: a field that was typed into no longer follows its default value.
    return <TextField key={state.conflict?.version} {...field} defaultValue={value} />;
  }
  const { mine, theirs } = choice;
  return (
    <RadioGroup
      name={field.name}
      legend={field.label}
      defaultValue={mine}
      options={[
        { value: mine, label: mine || 'Empty', hint: 'What you typed' },
        { value: theirs, label: theirs || 'Empty', hint: 'What is saved now' },
      ]}
    />
  );
}
