import { Checkbox } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { RadioGroup } from '@/components/form/radio-group';
import { SelectField } from '@/components/form/select-field';
import { formatForReader } from '@/lib/dates';
import { timeZones } from '@/lib/time-zones';
import type { Can } from '@/server/work';
import { savePreferencesAction } from '../preferences.actions';

/** Preferences are kept in the account, so they apply in every browser. */
export function PreferencesForm({ preference, now }: Pick<Can, 'preference'> & { now: Date }) {
  const { timeZone, dateFormat, singleKeys } = preference;
  const zone = timeZone ?? 'UTC';
  return (
    <Form action={savePreferencesAction} submitLabel="Save preferences">
      <SelectField
        name="timeZone"
        label="Time zone"
        optional
        placeholder="Not chosen: UTC"
        defaultValue={timeZone ?? ''}
        options={timeZones.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
        hint="Rollcall shows every time in this zone. Days begin and end at its midnight."
      />
      <RadioGroup
        name="dateFormat"
        legend="Dates and times"
        defaultValue={dateFormat}
        options={[
          { value: 'words', label: formatForReader(now, zone, 'words'), hint: 'The month as a word, with the zone' },
          { value: 'month-first', label: formatForReader(now, zone, 'month-first'), hint: 'MM-DD-YYYY HH:MM' },
        ]}
      />
      <Checkbox
        name="singleKeys"
        label="Use single-letter keyboard shortcuts"
        hint="For example, g u opens the list of people. Turn them off if you use speech input. Ctrl-K always works."
        defaultChecked={singleKeys}
      />
    </Form>
  );
}
