import { z } from 'zod';
import type { Count } from '@/lib/counts';
import type { Permission } from '@/lib/permissions';
import { allOf, hrefWith, type SearchParams, searchParamsOf } from '@/lib/search-params';
import type { ColumnKind, FileFormat } from '@/server/db/copy-encoders';
import type { JsonObject, Sql } from '@/server/db/sql';
import type { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

export const fileFormats = [
  {
    value: 'csv-excel',
    label: 'CSV for spreadsheets',
    hint: 'Opens in Excel, Numbers and LibreOffice with every letter right.',
  },
  { value: 'csv', label: 'CSV for programs', hint: 'The same without the mark at its beginning that Excel needs.' },
  { value: 'jsonl', label: 'JSON lines', hint: 'One object a line; roles and groups are lists.' },
] as const satisfies readonly { value: FileFormat; label: string; hint: string }[];

/** A column somebody may choose. Its key stands in the file, in the words that an import understands. */
export type ExportField = {
  key: string;
  label: string;
  hint?: string;
  /** Ticked unless told otherwise. */
  isUsual?: true;
  kind: ColumnKind | 'list';
  /** Needed beside the list's own permission. */
  needs?: Permission;
};

/** What an address of a list comes to: how many rows, and the statements that read them in its order. */
export type Prepared = {
  count: Count;
  /** Where it is noted: the one organization whose rows these are, or the platform. */
  organizationId: string | null;
  /** The names in the address that narrowed it, for the log. */
  filter: JsonObject;
  statements(keys: readonly string[], isJson: boolean): Sql[];
};

/** One list of the console that can be taken along as a file. */
export type Listing<P extends Permission> = {
  /** `users`: the path of the list, and the beginning of the file's name. */
  name: string;
  title: string;
  noun: [one: string, many: string];
  permission: P;
  fields: readonly ExportField[];
  prepare(can: Can<P>, params: SearchParams): Promise<Prepared>;
};

export type ExportOrder = { fields: string[]; format: FileFormat };

const formatSchema = z.enum(fileFormats.map(({ value }) => value));

/** Reads the form: null where the format is none of ours or no known field is chosen. */
export function readOrder(form: FormData, known: readonly string[]): ExportOrder | null {
  const format = formatSchema.safeParse(form.get('format'));
  const chosen = form.getAll('fields');
  // In the order of the page, each once.
  const fields = known.filter((key) => chosen.includes(key));
  return format.success && fields.length > 0 ? { fields, format: format.data } : null;
}

/** The named parts of an address that are there, for the log. */
export function namedIn(params: SearchParams, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, allOf(params, name)]).filter(([, values]) => values?.length));
}

/** What the page says when the form led back to it. */
export const exportProblems = {
  input: 'Choose a format and at least one column.',
  too_many: 'As many exports as are possible at once are under way. Wait until one has ended, then export again.',
  too_often: 'You exported often within the last hour. Wait a while, then export again.',
  too_large: 'This form was too large to be read. Open the list again and export from there.',
  origin: 'This request did not come from Rollcall. Export again from this page.',
  not_allowed: 'You may not export this. Ask somebody who manages access.',
} as const;

export type ExportProblem = keyof typeof exportProblems;

/** Leads a refused form back to its page, with the list's address as it was. */
export function backToForm(name: string, { code, field }: Fail, request: Request): Response {
  const problem = field === 'often' ? 'too_often' : isExportProblem(code) ? code : 'input';
  const location = hrefWith({ path: `/${name}/export`, params: searchParamsOf(request) }, { problem });
  return new Response(null, { status: 303, headers: { location } });
}

export function isExportProblem(code: string | undefined): code is ExportProblem {
  return code !== undefined && Object.hasOwn(exportProblems, code);
}
