import { Form } from '@/components/form/form';
import { TextField } from '@/components/form/text-field';
import { updateOwnProfileAction } from '../actions';
import type { OwnProfile } from '../profile/queries';

/** What people may change about themselves. */
export function ProfileForm({ profile }: { profile: OwnProfile }) {
  const phone = profile.phone ?? '';
  const extension = profile.extension ?? '';
  return (
    <Form action={updateOwnProfileAction} submitLabel="Save profile">
      <input type="hidden" name="wasFirstName" value={profile.firstName} />
      <input type="hidden" name="wasLastName" value={profile.lastName} />
      <input type="hidden" name="wasPhone" value={phone} />
      <input type="hidden" name="wasExtension" value={extension} />
      <TextField name="firstName" label="First name" autoComplete="given-name" defaultValue={profile.firstName} />
      <TextField name="lastName" label="Last name" autoComplete="family-name" defaultValue={profile.lastName} />
      <TextField
        name="phone"
        label="Phone"
        type="tel"
        optional
        autoComplete="tel"
        hint="With the country code, such as +44 20 7946 0000."
        defaultValue={phone}
      />
      <TextField
        name="extension"
        label="Extension"
        optional
        size="short"
        inputMode="numeric"
        autoComplete="tel-extension"
        hint="Up to 10 digits."
        defaultValue={extension}
      />
    </Form>
  );
}
