import { Checkbox } from '@/components/form/checkbox-group';
import { Form } from '@/components/form/form';
import { RadioGroup } from '@/components/form/radio-group';
import { SelectField } from '@/components/form/select-field';
import { Textarea } from '@/components/form/textarea';
import { Badge } from '@/components/ui/badge';
import { isPasswordHeader } from '@/lib/csv-columns';
import { invitationLimits } from '@/lib/limits';
import { fieldLabels, importFields, type ColumnsForm as Values } from '../columns.schema';
import type { ImportDetail } from '../details.queries';
import { prepareImportAction } from '../steps.actions';
import { ColumnSelect } from './column-select';

const fieldOptions = importFields.map((value) => ({ value, label: fieldLabels[value] }));

type Props = {
  detail: ImportDetail;
  values: Values;
  sample: string[];
  organizations: { id: string; name: string }[];
  mayMakeGroups: boolean;
};

export function ColumnsForm({ detail, values, sample, organizations, mayMakeGroups }: Props) {
  const isPlatform = detail.plan.organizationId === null;
  return (
    <Form action={prepareImportAction} submitLabel="Check every row" pendingLabel="Checking" layout="wide">
      <input type="hidden" name="id" value={detail.plan.id} />
      <Columns detail={detail} values={values} sample={sample} />
      <div className="flex max-w-xl flex-col gap-6">
        <RadioGroup
          name="existing"
          legend="People who already exist"
          defaultValue={values.existing}
          options={[
            { value: 'update', label: 'Update them', hint: 'Names and phone change. Roles and groups are only added.' },
            { value: 'skip', label: 'Leave them as they are' },
          ]}
        />
        {isPlatform && organizations.length > 0 && (
          <SelectField
            name="organizationId"
            label="Organization for rows without one"
            optional
            placeholder="None"
            defaultValue={values.organizationId ?? ''}
            options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {isPlatform && (
          <RadioGroup
            name="suspended"
            legend="People marked as suspended in the file"
            defaultValue={values.suspended}
            options={[
              { value: 'inactive', label: 'Import them as inactive', hint: 'They are not invited.' },
              { value: 'leave_out', label: 'Leave them out' },
            ]}
          />
        )}
        {mayMakeGroups && (
          <Checkbox
            name="makeGroups"
            label="Create groups that do not exist yet"
            hint="The review lists them. A new group grants nothing until it gets roles."
            defaultChecked={values.makeGroups === 'on'}
          />
        )}
        <Textarea
          name="message"
          label="Welcome message"
          hint="Added to every invitation."
          optional
          maxLength={invitationLimits.maxWelcomeChars}
          defaultValue={values.message}
        />
      </div>
    </Form>
  );
}

function Columns({ detail, values, sample }: Pick<Props, 'detail' | 'values' | 'sample'>) {
  return (
    <div className="rounded-ui border border-line bg-surface">
      <table className="w-full table-fixed text-left">
        <caption className="sr-only">What each column of the file contains</caption>
        <thead className="text-ink-soft text-xs">
          <tr className="border-line border-b">
            <th scope="col" className="px-4 py-2 font-medium">
              Column
            </th>
            <th scope="col" className="px-4 py-2 font-medium">
              First row
            </th>
            <th scope="col" className="w-2/5 px-4 py-2 font-medium">
              Contains
            </th>
          </tr>
        </thead>
        <tbody>
          {detail.columns.map(({ index, header }) => (
            <tr key={index} className="border-line border-b last:border-0">
              <th scope="row" className="truncate px-4 py-1.5 font-medium" title={header}>
                {header || <span className="text-ink-soft">Column {index + 1}</span>}
              </th>
              <td className="truncate px-4 py-1.5 text-ink-soft" title={sample[index]}>
                {sample[index]}
              </td>
              <td className="px-4 py-1.5">
                {isPasswordHeader(header) ? (
                  <>
                    <input type="hidden" name="columns[]" value="" />
                    <Badge tone="warn">Dropped: passwords are never stored</Badge>
                  </>
                ) : (
                  <ColumnSelect
                    index={index}
                    header={header}
                    guessed={values.columns[index] ?? null}
                    options={fieldOptions}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
