import { Checkbox } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { RadioGroup } from '@/components/form/radio-group';
import { SelectField } from '@/components/form/select-field';
import { formatForReader } from '@/lib/dates';
import { timeZones } from '@/lib/time-zones';
import type { Can } from '@/server/work';
import { savePreferencesAction } from '../preferences.actions';

/** How times are written and whether letters do things; kept in the account, so it holds in every browser. */
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
        hint="Every time in Rollcall is written in this zone, and days end when they end there."
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
        label="Use keyboard shortcuts of single letters"
        hint="Such as g u for the list of people. Switch them off if they get in the way of speech input. Ctrl-K works either way."
        defaultChecked={singleKeys}
      />
    </Form>
  );
}
