import { z } from 'zod';
import type { AuditAction } from '@/lib/audit-actions';
import type { Count } from '@/lib/counts';
import type { Permission } from '@/lib/permissions';
import { allOf, hrefWith, type SearchParams, searchParamsOf } from '@/lib/search-params';
import type { ColumnKind, FileFormat } from '@/server/db/copy-encoders';
import type { JsonObject, ScopedSql } from '@/server/db/sql';
import type { Fail } from '@/server/fail';
import type { Can } from '@/server/work';

export const fileFormats = [
  {
    value: 'csv-excel',
    label: 'CSV for spreadsheets',
    hint: 'Opens in Excel, Numbers and LibreOffice with all characters intact.',
  },
  { value: 'csv', label: 'CSV for programs', hint: 'The same without the byte order mark that Excel needs.' },
  { value: 'jsonl', label: 'JSON lines', hint: 'One object per line. Roles and groups are lists.' },
] as const satisfies readonly { value: FileFormat; label: string; hint: string }[];

/** A column of the export form. Its key is the header in the file, which an import recognizes. */
export type ExportField = {
  key: string;
  label: string;
  hint?: string;
  isUsual?: true;
  kind: ColumnKind | 'list';
  /** Required in addition to the list's own permission. */
  needs?: Permission;
};

export type Prepared = {
  count: Count;
  /** Where the audit event belongs: the only organization with rows here, or null for the platform. */
  organizationId: string | null;
  filter: JsonObject;
  statements(keys: readonly string[], isJson: boolean): ScopedSql[];
};

/** A list that can be exported has two audit actions: `users.exported` and `users.export_ended`. */
type ListingName = AuditAction extends infer A ? (A extends `${infer Name}.export_ended` ? Name : never) : never;

export type Listing<P extends Permission> = {
  name: ListingName;
  title: string;
  noun: [one: string, many: string];
  permission: P;
  fields: readonly ExportField[];
  prepare(can: Can<P>, params: SearchParams): Promise<Prepared>;
};

export type ExportOrder = { fields: string[]; format: FileFormat };

const formatSchema = z.enum(fileFormats.map(({ value }) => value));

export function readOrder(form: FormData, known: readonly string[]): ExportOrder | null {
  const format = formatSchema.safeParse(form.get('format'));
  const chosen = form.getAll('fields');
  const fields = known.filter((key) => chosen.includes(key));
  return format.success && fields.length > 0 ? { fields, format: format.data } : null;
}

export function namedIn(params: SearchParams, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, allOf(params, name)]).filter(([, values]) => values?.length));
}

export const exportProblems = {
  input: 'Choose a format and at least one column.',
  too_many: 'Too many exports are running. Wait until one has finished, then export again.',
  too_often: 'You exported too often in the last hour. Wait a while, then export again.',
  too_large: 'This form was too large to read. Open the list again and export from there.',
  origin: 'This request did not come from Rollcall. Export again from this page.',
  not_allowed: 'You are not allowed to export this. Ask somebody who manages access.',
} as const;

export type ExportProblem = keyof typeof exportProblems;

export function backToForm(name: string, { code, field }: Fail, request: Request): Response {
  const problem = field === 'often' ? 'too_often' : isExportProblem(code) ? code : 'input';
  const location = hrefWith({ path: `/${name}/export`, params: searchParamsOf(request) }, { problem });
  return new Response(null, { status: 303, headers: { location } });
}

export function isExportProblem(code: string | undefined): code is ExportProblem {
  return code !== undefined && Object.hasOwn(exportProblems, code);
}
