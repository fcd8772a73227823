import { CheckboxGroup } from '@/components/form/checkbox-group';
import { RadioGroup } from '@/components/form/radio-group';
import { Button, LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { countOf } from '@/lib/counts';
import { firstOf, hrefWith, type SearchParams } from '@/lib/search-params';
import {
  type ExportField,
  exportProblems,
  fileFormats,
  isExportProblem,
  type Listing,
  type Prepared,
} from '../download.schema';

type Props = {
  listing: Pick<Listing<never>, 'name' | 'noun'>;
  fields: ExportField[];
  count: Prepared['count'];
  params: SearchParams;
};

/** A plain form: its response is the file, so the page stays open. */
export function ExportForm({ listing, fields, count, params }: Props) {
  const { problem: _problem, ...kept } = params;
  const back = hrefWith({ path: `/${listing.name}`, params: kept }, {});
  const problem = firstOf(params, 'problem');
  if (count === 0) {
    return (
      <EmptyState
        kind="nothing-matches"
        title="Nothing matches these filters"
        action={<LinkButton href={back}>Back to the list</LinkButton>}
      >
        The file would be empty. Remove a filter from the list first.
      </EmptyState>
    );
  }
  return (
    <form
      noValidate
      method="post"
      action={hrefWith({ path: `/${listing.name}/export/file`, params: kept }, {})}
      className="flex max-w-xl flex-col gap-6"
    >
      {isExportProblem(problem) && <Notice tone="bad">{exportProblems[problem]}</Notice>}
      <p className="text-ink-soft">
        The file contains {countOf(count, ...listing.noun)} in the order of the list. The export is recorded in the
        audit log.
      </p>
      <CheckboxGroup
        name="fields"
        legend="Columns"
        columns={2}
        options={fields.map(({ key, label, hint }) => ({ value: key, label, hint }))}
        defaultValues={fields.filter(({ isUsual }) => isUsual).map(({ key }) => key)}
      />
      <RadioGroup name="format" legend="Format" options={[...fileFormats]} defaultValue="csv-excel" />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" size="lg" icon="download">
          Export {countOf(count, ...listing.noun)}
        </Button>
        <LinkButton href={back} tone="quiet" size="lg">
          Cancel
        </LinkButton>
      </div>
    </form>
  );
}
