import { nameHint } from '@/lib/person-problems';
import { TextField } from './text-field';

type Props = { values?: { firstName: string; lastName: string }; isOwn?: boolean };

/** One of the two is enough. No `maxLength`: it would cut a pasted name without a word. */
export function NameFields({ values, isOwn = false }: Props) {
  return (
    <>
      <TextField
        name="firstName"
        label="First name"
        isOneOf
        hint={nameHint}
        autoComplete={isOwn ? 'given-name' : 'off'}
        defaultValue={values?.firstName}
      />
      <TextField
        name="lastName"
        label="Last name"
        isOneOf
        autoComplete={isOwn ? 'family-name' : 'off'}
        defaultValue={values?.lastName}
      />
    </>
  );
}
